import { expect } from '@playwright/test'
import { box, list, makeRoom, message, room, rooms } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true })

test('on a telephone one has the list or the conversation, and no keyboard comes up unasked', async ({
  natter,
  page,
}) => {
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill('Ann')
  await page.getByRole('button', { name: 'Come in' }).tap()
  // Whoever comes in is where people talk.
  await expect(page.getByRole('heading', { level: 1, name: 'Lobby' })).toBeVisible()
  await expect(box(page)).not.toBeFocused()
  await page.getByRole('link', { name: 'Back to the rooms' }).tap()
  await expect(page.getByRole('main').getByRole('heading', { level: 1, name: 'Natter' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('main').getByRole('heading', { level: 1, name: 'Natter' })).toBeVisible()
  await room(page, /^Lobby/).tap()
  await expect(page.getByRole('heading', { level: 1, name: 'Lobby' })).toBeVisible()
  await expect(rooms(page)).toBeHidden()
  await expect(box(page)).not.toBeFocused()

  // The key breaks the line here, the button sends.
  await box(page).tap()
  await page.keyboard.type('one')
  await page.keyboard.press('Enter')
  await page.keyboard.type('two')
  await page.getByRole('button', { name: 'Send' }).tap()
  await expect(message(page, 'two')).toHaveCount(1)
  await expect(list(page).getByRole('listitem')).toHaveCount(1)
  await expect(box(page)).toHaveValue('')

  // As when the keyboard takes the lower half.
  await box(page).focus()
  await page.setViewportSize({ width: 390, height: 420 })
  await expect(box(page)).toBeInViewport()
  await expect(message(page, 'two')).toBeInViewport()
  await page.setViewportSize({ width: 390, height: 844 })

  await page.getByRole('link', { name: 'Back to the rooms' }).tap()
  await expect(room(page, /^Lobby.*You: one/)).toBeVisible()
  await makeRoom(page, 'Kitchen')
  await expect(box(page)).toHaveAccessibleName('Message Kitchen')
})

test('whatever can be tapped is large enough for a finger', async ({ natter, page }) => {
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill('Ann')
  await page.getByRole('button', { name: 'Come in' }).tap()
  await page.getByRole('link', { name: 'Back to the rooms' }).tap()
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('a, button, input, textarea, summary')].flatMap((part) => {
        // Whoever taps a label taps what it names.
        const one = part.closest('label') ?? part
        const { width, height, left, top } = one.getBoundingClientRect()
        if (width === 0 || top < 0) return []
        // What is drawn smaller has an invisible edge around it that belongs to it.
        const hits = (x: number, y: number) => one.contains(document.elementFromPoint(x, y))
        const [x, y] = [left + width / 2, top + height / 2]
        // Something lies on top of it.
        if (!hits(x, y)) return []
        const wide = width >= 44 || (hits(x - 21, y) && hits(x + 21, y))
        const high = height >= 44 || (hits(x, y - 21) && hits(x, y + 21))
        return wide && high ? [] : [`${one.ariaLabel ?? one.textContent} ${width}×${height}`]
      }),
    )
  await expect(room(page, /^Lobby/)).toBeVisible()
  expect(await small()).toEqual([])
  await room(page, /^Lobby/).tap()
  await expect(box(page)).toBeVisible()
  expect(await small()).toEqual([])
  await page.getByRole('button', { name: 'People and topic' }).tap()
  await expect(page.getByRole('complementary')).toBeVisible()
  expect(await small()).toEqual([])
})

test('a tap beside the menu of a message closes it, and presses nothing that lies beneath', async ({
  natter,
  page,
  client,
}) => {
  const bob = await client('Bob')
  await bob.say('cake')
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill('Ann')
  await page.getByRole('button', { name: 'Come in' }).tap()
  const menu = page.getByRole('menu')
  const opener = page.getByRole('button', { name: 'People and topic' })
  await message(page, 'cake').getByText('cake').click({ button: 'right' })
  await expect(menu).toBeVisible()
  const at = await opener.boundingBox()
  if (!at) throw new Error('It is on the screen.')
  await page.touchscreen.tap(at.x + at.width / 2, at.y + at.height / 2)
  await expect(menu).toHaveCount(0)
  await expect(opener).toHaveAttribute('aria-expanded', 'false')
  // The next tap is for what it is on.
  await opener.tap()
  await expect(page.getByRole('complementary', { name: 'People and topic' })).toBeVisible()
})

test('what is refused stands away from the edge, without a frame around its words', async ({ natter, page }) => {
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill('Ann')
  await page.getByRole('button', { name: 'Come in' }).tap()
  await expect(box(page)).toBeVisible()
  await page.goto(`${natter.url}/r/nowhere`)
  const missing = page.getByRole('heading', { level: 1, name: 'There is no such room, or you are not in it.' })
  await expect(missing).toHaveCSS('outline-style', 'none')
  await expect(missing).toHaveCSS('font-size', '22px')
  await page.request.post(`${natter.url}/api/sign-out`, { headers: { Origin: natter.url } })
  const signedOut = page.getByRole('heading', { level: 1, name: 'This browser is not signed in any more.' })
  await expect(signedOut).toHaveCSS('font-size', '22px')
  expect((await signedOut.boundingBox())?.x).toBeGreaterThanOrEqual(16)
})
