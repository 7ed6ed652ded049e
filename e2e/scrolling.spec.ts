import { expect, type Page } from '@playwright/test'
import { connect, type Client } from './support/client.ts'
import { box, list } from './support/page.ts'
import { openLab } from './support/scrollLab.ts'
import { startNatter, type Natter } from './support/server.ts'
import { test } from './support/test.ts'

const MESSAGES = 100_000

/** One room with a long history for all of these: it takes a while to write it. */
let natter: Natter
let bob: Client
test.beforeAll(async () => {
  test.setTimeout(180_000)
  natter = await startNatter({ LIMIT_MESSAGES: '1000000', LOG_LEVEL: 'silent' })
  bob = await connect(natter.url, 'Bob')
  await bob.fill(MESSAGES, (i) => `message ${i + 1}${' and some more of it'.repeat((i * 7) % 13)}`)
})
test.afterAll(async () => {
  bob.close()
  await natter.stop()
})
test.use({ natter: async ({}, use) => use(natter) })

let people = 0
test.beforeEach(async ({ page }) => {
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill(`Reader ${++people}`)
  await page.keyboard.press('Enter')
  await expect(list(page).getByRole('listitem').last()).toBeInViewport()
  await openLab(page)
})

const newest = async (page: Page) => {
  const { seq } = await bob.say('another message')
  await page.waitForFunction((last) => window.lab.last() === last, seq)
  await page.evaluate(() => window.lab.settle())
}
const grow = (page: Page, offset: number) =>
  page.evaluate(async (by) => {
    window.lab.row(by).style.minHeight = '240px'
    await window.lab.settle()
  }, offset)
const growComposer = async (page: Page) => {
  for (const line of ['one', 'two', 'three', 'four']) {
    await box(page).pressSequentially(line)
    await box(page).press('Shift+Enter')
  }
  await page.evaluate(() => window.lab.settle())
}
const gap = (page: Page) => page.evaluate(() => window.lab.gap())
const moved = (page: Page) => page.evaluate(() => window.lab.moved())
const read = (page: Page, top = -2_000) =>
  page.evaluate(async (to) => {
    await window.lab.scrollTo(to)
    window.lab.pick()
  }, top)
/** So near the top that the next page of history is asked for, and waits until it is there. */
const readUp = async (page: Page, screens: number) => {
  const first = await page.evaluate(async (below) => {
    const before = window.lab.first()
    await window.lab.scrollUp(below)
    window.lab.pick()
    return before
  }, screens)
  await page.waitForFunction((before) => window.lab.first() < before, first)
  await page.evaluate(() => window.lab.settle())
}
/** Twenty messages as fast as the server takes them; one of them a frame or several, as it comes. */
async function burst(page: Page, what: 'gap' | 'moved', step = 0): Promise<number> {
  const last = await page.evaluate(() => window.lab.last())
  const worst = page.evaluate(([seq, kind, by]) => window.lab.watch(seq, kind, by), [last + 20, what, step] as const)
  for (let i = 0; i < 20; i++) await bob.say(`burst ${i}`)
  return worst
}

test('who is at the end stays there: a message arrives, rows grow, the box grows, old rows go', async ({ page }) => {
  await newest(page)
  expect(await gap(page), 'a message arrives').toBe(0)
  await page.evaluate(() => window.lab.pick())
  const toLast = await page.evaluate(() => window.lab.last() - Number(window.lab.row(0).dataset['seq']))
  await grow(page, toLast)
  expect(await gap(page), 'the last one grows').toBe(0)
  await grow(page, toLast - 2)
  expect(await gap(page), 'an earlier one grows').toBe(0)
  await growComposer(page)
  expect(await gap(page), 'the composer grows').toBe(0)
  expect(await burst(page, 'gap'), '20 messages in 20 frames, worst frame').toBe(0)
  const last = await page.evaluate(() => window.lab.last())
  const worst = page.evaluate((seq) => window.lab.watch(seq, 'gap'), last + 400)
  await bob.fill(400, (i) => `more ${i}`, bob.roomId, 20)
  expect(await worst, 'old rows are dropped, worst frame').toBe(0)
  const count = await page.evaluate(() => window.lab.count())
  expect(count > 300 && count <= 400, `${count} rows`).toBe(true)
})

test('who reads further up keeps their place: messages arrive, rows grow on either side, the box grows', async ({
  page,
}) => {
  await read(page)
  await newest(page)
  expect(await moved(page), 'a message arrives').toBe(0)
  await grow(page, -10)
  expect(await moved(page), 'one above grows').toBe(0)
  await grow(page, 15)
  expect(await moved(page), 'one below grows').toBe(0)
  await growComposer(page)
  expect(await moved(page), 'the composer grows').toBe(0)
  await read(page)
  expect(await burst(page, 'moved'), '20 messages in 20 frames, worst frame').toBe(0)
  await read(page)
  expect(await burst(page, 'moved', 17), 'scrolling up during a burst, worst frame').toBe(0)
})

test('history comes on top and newer rows go without moving what is read, also at the very top', async ({ page }) => {
  await readUp(page, 1.5)
  expect(await moved(page), 'older history is put on top').toBe(0)
  await readUp(page, 0)
  expect(await moved(page), 'at the very top').toBe(0)
  const end = await page.evaluate(() => window.lab.last())
  while ((await page.evaluate(() => window.lab.last())) === end) {
    await readUp(page, 0)
    expect(await moved(page), 'newer rows are dropped').toBe(0)
  }
  expect(await page.evaluate(() => window.lab.count())).toBe(400)
})

test('the way back to the end leads to the newest message, from wherever one was', async ({ page }) => {
  for (let i = 0; i < 8; i++) await readUp(page, 0)
  await newestIsElsewhere(page)
  await page.getByRole('button', { name: /^↓/ }).click()
  await expect(list(page).getByRole('listitem').last()).toBeInViewport()
  await expect.poll(() => gap(page)).toBe(0)
  const { seq } = await bob.say('is this the end?')
  await page.waitForFunction((last) => window.lab.last() === last, seq)
  await expect.poll(() => gap(page)).toBe(0)
})

async function newestIsElsewhere(page: Page): Promise<void> {
  const { seq } = await bob.say('far below')
  expect(await page.evaluate(() => window.lab.last())).toBeLessThan(seq)
}
