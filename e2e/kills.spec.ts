import { expect, type Page } from '@playwright/test'
import { startBrowser } from './support/browser.ts'
import { stored } from './support/client.ts'
import { kept } from './support/kept.ts'
import { box, comeIn, message, waiting, write } from './support/page.ts'
import { test } from './support/test.ts'

const launchOptions = () => test.info().project.use.launchOptions ?? {}

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

/** Somebody in a browser that may be killed. */
async function owner(url: string, name: string) {
  const browser = await startBrowser(launchOptions())
  await comeIn(await browser.context.newPage(), url, name)
  // A browser writes down who one is after half a minute, or when it ends.
  await browser.context.close()
  const page = await (await browser.start()).newPage()
  await page.goto(url)
  await expect(box(page)).toBeVisible()
  return { browser, page }
}

test('what waits survives a killed browser, and is sent once and in order', async ({ natter }) => {
  const { browser, page } = await owner(natter.url, 'Ann')
  await browser.context.setOffline(true)
  const texts = Array.from({ length: 20 }, (_, i) => `waiting ${i + 1}.`)
  for (const text of texts) await write(page, text)
  await expect(waiting(page)).toHaveCount(20)
  await expect.poll(() => kept(page, 'outbox')).toHaveLength(20)
  await browser.kill()
  expect(await stored(natter.url)).toEqual([])

  const again = await (await browser.start()).newPage()
  await again.goto(natter.url)
  await expect(box(again)).toHaveValue('')
  await expect.poll(() => stored(natter.url), { timeout: 20_000 }).toEqual(texts)
  await browser.stop()
})

test('a browser killed right after Enter has the text once: in the box, waiting, or sent', async ({ natter }) => {
  test.setTimeout(120_000)
  const { browser, page } = await owner(natter.url, 'Ann')
  let tab = page
  const texts: string[] = []
  for (const [i, delay] of [0, 40, 120].entries()) {
    const text = `words of life ${i}.`
    await box(tab).fill(text)
    await expect.poll(() => browser.hasWritten(text), { timeout: 30_000 }).toBe(true)
    await box(tab).evaluate((area) =>
      area.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true })),
    )
    await tab.evaluate((ms) => new Promise((resolve) => setTimeout(resolve, ms)), delay)
    await browser.kill()
    tab = await (await browser.start()).newPage()
    await tab.goto(natter.url)
    await expect(box(tab)).toBeVisible()
    // What is in the box was not sent; the person sends it now.
    await expect
      .poll(async () => (await message(tab, text).count()) + Number((await box(tab).inputValue()) === text))
      .toBe(1)
    if (await box(tab).inputValue()) await box(tab).press('Enter')
    await expect(message(tab, text)).toHaveAttribute('data-state', 'sent')
    await expect(box(tab)).toHaveValue('')
    texts.push(text)
  }
  expect(await stored(natter.url)).toEqual(texts)
  await browser.stop()
})

test('a browser killed while somebody writes brings back the draft, and none that was emptied', async ({ natter }) => {
  test.setTimeout(120_000)
  const { browser, page } = await owner(natter.url, 'Ann')
  await box(page).fill('half a thought')
  await expect.poll(() => copied(page)).toContain('half a thought')
  expect(browser.hasWritten('half a thought')).toBe(false)
  await browser.kill()
  const again = await (await browser.start()).newPage()
  await again.goto(natter.url)
  await expect(box(again)).toHaveValue('half a thought')

  await box(again).fill('to be thrown away')
  await expect.poll(() => browser.hasWritten('to be thrown away'), { timeout: 30_000 }).toBe(true)
  await box(again).fill('')
  await expect.poll(() => copied(again)).not.toContain('to be thrown away')
  await browser.kill()
  const last = await (await browser.start()).newPage()
  await last.goto(natter.url)
  await expect(box(last)).toBeFocused()
  await expect(box(last)).toHaveValue('')
  await browser.stop()
})

const copied = async (page: Page) => JSON.stringify(await kept(page, 'drafts'))
