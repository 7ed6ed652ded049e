import { expect, type Locator, type Page } from '@playwright/test'
import { kept } from './support/kept.ts'
import { box, list, message } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, serviceWorkers: 'allow' })

/** A finger, as the browser itself feels one. */
async function fingerOn(page: Page) {
  const browser = await page.context().newCDPSession(page)
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[] = []) =>
    browser.send('Input.dispatchTouchEvent', { type, touchPoints })
  async function middleOf(part: Locator) {
    const { x, y, width, height } = (await part.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    return { x: x + width / 2, y: y + height / 2 }
  }
  return {
    /** Stays on it until this is there. */
    async press(part: Locator, until: Locator): Promise<void> {
      await touch('touchStart', [await middleOf(part)])
      await expect(until).toBeVisible()
      await touch('touchEnd')
    },
    async draw(part: Locator, across: number, down: number): Promise<void> {
      const { x, y } = await middleOf(part)
      await touch('touchStart', [{ x, y }])
      for (let i = 1; i <= 8; i++) await touch('touchMove', [{ x: x + (across * i) / 8, y: y + (down * i) / 8 }])
      await touch('touchEnd')
    },
  }
}

test('with a finger one replies and reacts, by long press and by drawing a message aside, and without a connection too', async ({
  natter,
  page,
  client,
}) => {
  const bob = await client('Bob')
  await bob.say(Array.from({ length: 60 }, (_, i) => `line ${i} of many`).join('\n'))
  const { seq } = await bob.say('There is cake')
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill('Ann')
  await page.getByRole('button', { name: 'Come in' }).tap()
  const finger = await fingerOn(page)
  const cake = message(page, /^Bob.*There is cake|^There is cake/)
  const text = cake.getByText('There is cake')
  const menu = page.getByRole('menu', { name: /^Message from Bob/ })
  await expect(list(page).getByRole('button', { name: 'Show all' })).toBeVisible()

  await finger.press(text, menu)
  await menu.getByRole('menuitem', { name: 'Reply' }).tap()
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('I want some')
  await page.getByRole('button', { name: 'Send' }).tap()
  const reply = message(page, /In reply to Bob There is cake/)
  await expect(reply).toHaveAttribute('data-state', 'sent')

  // Up and down it scrolls.
  await finger.draw(text, 20, 120)
  const form = page.getByRole('form', { name: /^Write to / })
  await expect(form).not.toContainText('Replying')
  await finger.draw(text, 120, 6)
  await expect(form).toContainText('Replying to Bob: There is cake')
  await form.getByRole('button', { name: 'Don’t reply to Bob' }).tap()

  await finger.press(text, menu)
  await menu.getByRole('menuitem', { name: 'React' }).tap()
  await page.getByRole('searchbox', { name: 'Find an emoji' }).fill('birthday')
  await page.getByRole('gridcell', { name: 'birthday cake' }).tap()
  const chip = cake.getByRole('button', { name: /^Birthday cake/ })
  await expect(chip).toHaveAccessibleName('Birthday cake, 1 person, you')
  await bob.ask('reaction:set', { roomId: bob.roomId, seq, emoji: '🎂', on: true })
  await expect(chip).toHaveAccessibleName('Birthday cake, 2 people, including you')
  await finger.press(chip, page.getByRole('tooltip').filter({ hasText: 'You and Bob' }))
  await expect(chip).toHaveAccessibleName('Birthday cake, 2 people, including you')

  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await expect.poll(async () => JSON.stringify(await kept(page, 'pages'))).toContain('I want some')
  await page.context().setOffline(true)
  await chip.tap()
  await expect(chip).toHaveAccessibleName('Birthday cake, 1 person')
  await expect.poll(() => kept(page, 'wishes')).toMatchObject([{ seq, emoji: '🎂', on: false }])
  await page.reload()
  await expect(chip).toHaveAccessibleName('Birthday cake, 1 person')
  await page.context().setOffline(false)
  await expect.poll(() => kept(page, 'wishes'), { timeout: 20_000 }).toEqual([])
  const reactions = (await bob.history()).find((one) => one.seq === seq)?.reactions
  expect(reactions).toEqual([{ emoji: '🎂', by: [bob.hello.me.id] }])
  await expect(chip).toHaveAccessibleName('Birthday cake, 1 person')
})
