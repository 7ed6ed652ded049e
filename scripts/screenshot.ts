// Draws docs/screenshot.png: a real conversation in a real browser, on a place of its own that is gone afterwards.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { chromium, type Page } from '@playwright/test'
import { startNatter } from '../e2e/support/server.ts'
import { launchOptions } from '../e2e/support/chromium.ts'

const target = process.argv[2] ?? path.join(import.meta.dirname, '..', 'docs', 'screenshot.png')
const browser = await chromium.launch(launchOptions)
const natter = await startNatter({ LOG_LEVEL: 'silent' })

const open = async (name: string, options = {}) => {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })).newPage()
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('textbox', { name: /^Message / }).waitFor()
  return page
}
const write = async (page: Page, text: string) => {
  await page.getByRole('textbox', { name: /^Message / }).fill(text)
  await page.keyboard.press('Enter')
  await page.getByRole('listitem').filter({ hasText: text }).first().waitFor()
}

const maya = await open('Maya Okafor')
const tomas = await open('Tomas Lindqvist')
const jun = await open('Jun Watanabe')
await write(tomas, 'Bookings for Saturday are open. 41 slots, three of them already gone.')
await write(tomas, 'Toasters are winning again.')
await write(jun, 'I can take the bench by the window and two of the toasters. Who brings the small screwdrivers?')
await write(maya, 'Me. And the label printer, if somebody can carry the paper.')
await write(jun, 'Paper is in the shed.\nSecond shelf, behind the ladder.')
await write(maya, 'Found it!')
await tomas.getByRole('textbox', { name: /^Message / }).pressSequentially('Then we are')
await maya.getByText('Tomas Lindqvist is writing').waitFor()
await mkdir(path.dirname(target), { recursive: true })
await maya.screenshot({ path: target })
const folder = process.argv[3]
if (folder) {
  for (const [name, scheme, width, height] of [
    ['wide-light', 'light', 1440, 900],
    ['wide-dark', 'dark', 1440, 900],
    ['tablet', 'light', 1024, 768],
    ['phone-light', 'light', 390, 844],
    ['phone-dark', 'dark', 390, 844],
  ] as const) {
    await maya.setViewportSize({ width, height })
    await maya.emulateMedia({ colorScheme: scheme })
    await maya.screenshot({ path: path.join(folder, `${name}.png`) })
  }
}
await browser.close()
await natter.stop()
