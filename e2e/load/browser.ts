import { chromium, type Page } from '@playwright/test'
import { MESSAGE_LENGTH } from '../../protocol/limits.ts'
import { large } from '../../protocol/testing/hostile.ts'
import { launchOptions } from '../support/chromium.ts'
import { connect, type Client } from '../support/client.ts'
import { box, list } from '../support/page.ts'
import { startNatter } from '../support/server.ts'

const OPENINGS = 5

declare global {
  /** Tasks of more than 50 ms, by which a browser counts that somebody waits. Milliseconds. */
  var longTasks: number[]
}

/** The longest task that this costs the page, until it has nothing more to do; 0 if none takes 50 ms. Milliseconds. */
async function longest(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate(() => void (longTasks.length = 0))
  await act()
  return page.evaluate(async () => {
    for (let i = 0; i < 3; i++) {
      await new Promise((resolve) => requestAnimationFrame(resolve))
      await new Promise((resolve) => requestIdleCallback(resolve))
    }
    return Math.round(Math.max(0, ...longTasks))
  })
}

async function send(page: Page, bob: Client): Promise<[name: string, milliseconds: number][]> {
  const found: [string, number][] = []
  for (const [name, text] of Object.entries(large(MESSAGE_LENGTH))) {
    const milliseconds = await longest(page, async () => {
      const { seq } = await bob.say(text)
      await list(page).locator(`[data-seq="${seq}"]`).waitFor()
    })
    found.push([name, milliseconds])
  }
  return found
}

/** From the click until all of it has been drawn. */
async function openPicker(page: Page): Promise<number> {
  const button = page.getByRole('form').getByRole('button', { name: 'Emoji' })
  const milliseconds = await button.evaluate(async (one: HTMLButtonElement) => {
    const since = performance.now()
    one.click()
    while (!document.querySelector('[role=dialog] [role=gridcell]'))
      await new Promise((resolve) => requestAnimationFrame(resolve))
    await new Promise((resolve) => requestAnimationFrame(resolve))
    return performance.now() - since
  })
  await page.keyboard.press('Escape')
  await page.getByRole('dialog').waitFor({ state: 'detached' })
  return Math.round(milliseconds)
}

/** What the longest texts cost a page that shows them, and how long one waits for an emoji: `npm run build && npm run bench -- browser`. */
export async function browser(): Promise<Record<string, unknown>> {
  const natter = await startNatter({ LIMIT_MESSAGES: '100000' })
  const chrome = await chromium.launch(launchOptions)
  try {
    const bob = await connect(natter.url, 'Bob')
    const context = await chrome.newContext({ viewport: { width: 1440, height: 900 } })
    await context.request.post(`${natter.url}/api/people`, { data: { name: 'Ann' }, headers: { Origin: natter.url } })
    const page = await context.newPage()
    await page.addInitScript(() => {
      globalThis.longTasks = []
      new PerformanceObserver((tasks) => longTasks.push(...tasks.getEntries().map(({ duration }) => duration))).observe(
        { type: 'longtask' },
      )
    })
    await page.goto(natter.url)
    await box(page).waitFor()
    const first = await openPicker(page)
    const openings: number[] = []
    for (let i = 0; i < OPENINGS; i++) openings.push(await openPicker(page))
    const picker = openings.toSorted((a, b) => a - b)[Math.floor(OPENINGS / 2)] ?? 0
    // What comes with the first of them is no part of what it costs.
    await bob.say('**so that what sets it is there**')
    await page.locator('.markdown').waitFor()
    const costs = (await send(page, bob)).toSorted(([, a], [, b]) => b - a)
    bob.close()
    const [[what, task] = ['', 0]] = costs
    console.log(
      `The longest task of ${costs.length} texts of ${MESSAGE_LENGTH} characters: ${task} ms (${what}).
The emoji picker is there after ${picker} ms, the middle of ${OPENINGS}; the first time after ${first} ms.`,
    )
    return { longestTask: task, of: what, tasks: Object.fromEntries(costs.slice(0, 10)), picker, openings, first }
  } finally {
    await chrome.close()
    await natter.stop()
  }
}
