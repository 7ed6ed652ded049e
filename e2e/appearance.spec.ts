import { expect, type Page } from '@playwright/test'
import { box, list, look, message, room, rooms, talkTo, write } from './support/page.ts'
import { test } from './support/test.ts'

/** Where everything stands that may not move. */
const boxes = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('main li, main form, main h2, nav li, nav a')].map((one) => {
      const { x, y, width, height } = one.getBoundingClientRect()
      return [x, y, width, height]
    }),
  )

for (const width of [1440, 1024, 390]) {
  test(`ink dries without moving anything, ${width} pixels wide`, async ({ natter, person }) => {
    const ann = await person('Ann')
    await ann.setViewportSize({ width, height: 844 })
    await write(ann, 'dry already')
    await expect(message(ann, 'dry already')).toHaveAttribute('data-state', 'sent')
    await natter.kill()
    await write(ann, 'still wet, and long enough for a second line on a telephone of the usual width')
    await write(ann, 'wet too')
    await expect(message(ann, 'wet too')).toHaveAttribute('data-state', /sending|waiting/)
    const wet = await boxes(ann)
    const node = await message(ann, 'wet too').elementHandle()
    await natter.restart()
    await expect(message(ann, 'wet too')).toHaveAttribute('data-state', 'sent', { timeout: 20_000 })
    expect(await boxes(ann)).toEqual(wet)
    expect(await node?.evaluate((one) => one.isConnected)).toBe(true)
  })

  test(`hovering, focusing and selecting move nothing, ${width} pixels wide`, async ({ person }) => {
    const [ann, bob] = [await person('Ann'), await person('Bob')]
    await ann.setViewportSize({ width, height: 844 })
    await write(bob, 'one')
    await write(bob, 'two')
    await expect(message(ann, 'two')).toBeVisible()
    const before = await boxes(ann)
    for (const text of ['one', 'two']) {
      await message(ann, text).hover()
      expect(await boxes(ann)).toEqual(before)
      await message(ann, text).focus()
      expect(await boxes(ann)).toEqual(before)
    }
    await box(ann).focus()
    await ann.keyboard.press('Control+a')
    expect(await boxes(ann)).toEqual(before)
  })

  test(`a font that comes late changes the height of no row, ${width} pixels wide`, async ({
    natter,
    person,
    browser,
  }) => {
    const bob = await person('Bob')
    for (const text of [
      'Has anybody seen the ladder?',
      'It was behind the shed on Saturday, but Jun took it home.',
      'Ah.',
    ]) {
      await write(bob, text)
    }
    const page = await (await browser.newContext({ viewport: { width, height: 844 } })).newPage()
    let send: () => void = () => {}
    const held = new Promise<void>((resolve) => (send = resolve))
    await page.route('**/*.woff2', async (route) => {
      await held
      await route.continue()
    })
    await page.goto(natter.url, { waitUntil: 'domcontentloaded' })
    await page.getByLabel('What should people call you?').fill('Ann')
    await page.keyboard.press('Enter')
    await expect(message(page, 'Ah.')).toBeVisible()
    const heights = () =>
      list(page)
        .getByRole('listitem')
        .evaluateAll((all) => all.map((one) => one.clientHeight))
    const before = await heights()
    expect(await page.evaluate(() => document.fonts.check('16px "Atkinson Hyperlegible Next Variable"'))).toBe(false)
    send()
    await page.waitForFunction(() => document.fonts.check('16px "Atkinson Hyperlegible Next Variable"'))
    expect(await heights()).toEqual(before)
  })
}

test('yellow is one’s place and one’s name, and nothing else', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(ann, 'mine')
  await look(ann, false)
  await write(bob, 'new')
  await talkTo(bob, 'Ann')
  await write(bob, 'for Ann')
  await expect(room(ann, /Bob.*1 unread/)).toBeVisible()
  await rooms(ann)
    .getByRole('link', { name: /^Lobby/ })
    .hover()
  await ann.getByRole('button', { name: 'People and topic' }).focus()
  for (const colorScheme of ['light', 'dark'] as const) {
    await ann.emulateMedia({ colorScheme })
    const yellow = await ann.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('i'))
      probe.style.color = 'var(--yellow)'
      const colour = getComputedStyle(probe).color
      probe.remove()
      const found = new Set<string>()
      for (const one of document.querySelectorAll<HTMLElement>('body, body *')) {
        for (const part of [undefined, '::before', '::after']) {
          const style = getComputedStyle(one, part)
          if (part && style.content === 'none') continue
          const names = [
            'color',
            'backgroundColor',
            'borderTopColor',
            'borderInlineStartColor',
            'outlineColor',
            'stroke',
            'fill',
          ] as const
          const used = names.some((name) => style[name] === colour) || style.boxShadow.includes(colour)
          if (used)
            found.add(
              one.closest('.new-line')
                ? 'New line'
                : one.closest('[data-for-you]')
                  ? 'for you'
                  : one.closest('.mark')
                    ? 'mark'
                    : one.outerHTML.slice(0, 80),
            )
        }
      }
      return [...found].sort()
    })
    expect(yellow, colorScheme).toEqual(['New line', 'for you', 'mark'])
  }
})

test('the page is as high as the window, and has nothing to scroll', async ({ person }) => {
  const ann = await person('Ann')
  await write(ann, 'one')
  await message(ann, 'one').hover()
  // What is for screen readers only has come with the tools.
  await expect(message(ann, 'one').getByRole('button', { name: 'React' })).toBeVisible()
  const over = await ann.evaluate(() => document.documentElement.scrollHeight - innerHeight)
  expect(over).toBe(0)
})
