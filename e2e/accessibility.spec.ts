import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { list, look, makeRoom, message, openPage, openSettings, room, rooms, talkTo, write } from './support/page.ts'
import { invite, own } from './support/place.ts'
import { test } from './support/test.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']

/** What is still changing its colour has another contrast than it will have. */
const settled = (page: Page) =>
  page.evaluate(() =>
    Promise.all(
      document.getAnimations().flatMap((one) => (one instanceof CSSTransition ? [one.finished.catch(() => {})] : [])),
    ),
  )

/** In the middle only the conversation and what stands beside it are laid out otherwise. */
const all = [1440, 1024, 390]

async function expectClean(page: Page, screen: string, widths: readonly number[] = [1440, 390]) {
  for (const [width, colorScheme] of widths.flatMap((one) => [[one, 'light'] as const, [one, 'dark'] as const])) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: 844 })
    await settled(page)
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
    expect(
      violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
      `${screen} ${colorScheme} ${width}`,
    ).toEqual([])
  }
  await page.setViewportSize({ width: 1440, height: 900 })
}

test('every screen is free of faults that a machine can find, light and dark, at three widths', async ({
  natter,
  person,
  browser,
}) => {
  test.setTimeout(240_000)
  const visitor = await (await browser.newContext()).newPage()
  await visitor.goto(natter.url)
  await expect(visitor.getByRole('button', { name: 'Come in' })).toBeVisible()
  await expectClean(visitor, 'welcome')
  await visitor.close()

  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(bob, 'hello')
  await expect(message(ann, 'hello')).toHaveCount(1)
  await look(ann, false)
  await write(bob, 'somebody there?')
  await talkTo(bob, 'Ann')
  await write(bob, 'between us')
  await expect(room(ann, /Bob.*1 unread/)).toBeVisible()
  await expect(list(ann).getByRole('heading', { name: /^New messages since/ })).toBeVisible()
  await expectClean(ann, 'conversation with something new', all)

  await ann.getByRole('button', { name: 'People and topic' }).click()
  await expect(ann.getByRole('complementary')).toBeVisible()
  await expectClean(ann, 'people and topic', all)
  await ann.keyboard.press('Escape')
  for (const name of ['Make or find a room', 'Write to somebody']) {
    await rooms(ann).getByRole('button', { name }).click()
    await expect(ann.getByRole('dialog', { name })).toBeVisible()
    await expectClean(ann, name)
    await ann.keyboard.press('Escape')
  }
  await openSettings(ann)
  await expect(ann.getByText('This browser', { exact: true })).toBeVisible()
  await expectClean(ann, 'settings')
  await makeRoom(ann, 'Kitchen')
  await expectClean(ann, 'empty room')
  await ann.setViewportSize({ width: 390, height: 844 })
  await ann.goto(natter.url)
  await expect(rooms(ann)).toBeVisible()
  await expectClean(ann, 'list on a phone', [390])

  await room(ann, /^Lobby/).click()
  await ann.context().setOffline(true)
  await write(ann, 'later')
  await expect(ann.getByText(/^Offline/).first()).toBeVisible({ timeout: 20_000 })
  await expectClean(ann, 'offline')
})

test('so are the screens of those who look after a place, and of whom they invite', async ({ natter, browser }) => {
  test.setTimeout(180_000)
  const ada = await own(browser, natter, (page) => expectClean(page, 'setup'))
  await makeRoom(ada, 'Repair café')
  await ada.getByRole('button', { name: 'People and topic' }).click()
  await ada.getByRole('complementary').getByRole('button', { name: 'Invite people' }).click()
  await expectClean(ada, 'inviting')
  const link = await invite(ada)
  await expectClean(ada, 'invitation', [390])
  await ada.keyboard.press('Escape')
  const guest = await (await browser.newContext()).newPage()
  await guest.goto(link)
  await expect(guest.getByRole('button', { name: 'Come in' })).toBeVisible()
  await expectClean(guest, 'invited')
  await openPage(ada, 'This place')
  await expect(ada.getByText('All is well.')).toBeVisible()
  await expectClean(ada, 'place')
  await openPage(ada, 'Manage people', 'People')
  await expect(ada.getByRole('row')).toHaveCount(2)
  await expectClean(ada, 'people')
  await ada.getByRole('link', { name: 'What was done' }).click()
  await expect(ada.getByText('Ada made a link that lets people in')).toBeVisible()
  await expectClean(ada, 'log')
})

test('nothing scrolls sideways at 320 pixels or with text twice as large', async ({ person }) => {
  const ann = await person('Ann with quite a long name here')
  await write(ann, `https://example.org/${'long'.repeat(60)}`)
  await write(ann, 'word '.repeat(60))
  const overflow = () =>
    ann.evaluate(() => {
      const wide = [...document.querySelectorAll('main, main *, nav, nav *')].filter(
        (one) => one.scrollWidth > one.clientWidth + 1 && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX),
      )
      return [document.documentElement.scrollWidth - innerWidth, wide.map(({ className }) => className)]
    })
  for (const [width, size] of [
    [320, '100%'],
    [640, '200%'],
    [1440, '200%'],
  ] as const) {
    await ann.setViewportSize({ width, height: 800 })
    await ann.addStyleTag({ content: `html { font-size: ${size} }` }).catch(() => null)
    await ann.evaluate((text) => (document.documentElement.style.fontSize = text), size)
    expect(await overflow(), `${width} ${size}`).toEqual([0, []])
    await expect(ann.getByRole('textbox', { name: /^Message/ })).toBeInViewport()
  }
})

test('who wants no motion gets none', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await ann.emulateMedia({ reducedMotion: 'reduce' })
  await bob.getByRole('textbox', { name: /^Message/ }).pressSequentially('abc')
  await expect(ann.getByText('Bob is writing')).toBeVisible()
  await write(ann, 'mine')
  const longest = await ann.evaluate(() =>
    Math.max(
      ...[...document.querySelectorAll('*')].flatMap((one) =>
        [undefined, '::before', '::after'].flatMap((part) => {
          const { transitionDuration, animationDuration, animationName } = getComputedStyle(one, part)
          const durations = animationName === 'none' ? [transitionDuration] : [transitionDuration, animationDuration]
          return durations.flatMap((all) =>
            all.split(',').map((text) => parseFloat(text) * (text.includes('ms') ? 1 : 1000)),
          )
        }),
      ),
    ),
  )
  expect(longest).toBeLessThanOrEqual(1)
})

test('with forced colours, what is new, for me, my own and current can still be told', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(ann, 'my own')
  await look(ann, false)
  await write(bob, 'new')
  await talkTo(bob, 'Ann')
  await write(bob, 'for Ann')
  await expect(room(ann, /Bob.*1 unread/)).toBeVisible()
  await ann.emulateMedia({ forcedColors: 'active' })
  const look1 = (selector: string, part?: string) =>
    ann
      .locator(selector)
      .first()
      .evaluate((one, pseudo) => {
        const { outlineStyle, borderTopStyle, backgroundColor } = getComputedStyle(one, pseudo)
        return { outlineStyle, borderTopStyle, backgroundColor }
      }, part)
  const own = message(ann, 'my own').locator('.text')
  expect(await own.evaluate((one) => getComputedStyle(one).outlineStyle)).toBe('solid')
  expect((await look1('nav [aria-current]')).outlineStyle).toBe('solid')
  expect((await look1('nav [data-for-you] .count')).borderTopStyle).toBe('solid')
  expect((await look1('.new-line b')).borderTopStyle).toBe('solid')
  const paper = (await look1('body')).backgroundColor
  expect((await look1('nav [data-for-you]', '::before')).backgroundColor).not.toBe(paper)
  expect((await look1('.new-line', '::after')).backgroundColor).not.toBe(paper)
})
