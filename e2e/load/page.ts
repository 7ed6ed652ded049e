import { setTimeout as after } from 'node:timers/promises'
import { chromium, type BrowserContext, type Page } from '@playwright/test'
import { launchOptions } from '../support/chromium.ts'
import { connect, connectAs, type Client } from '../support/client.ts'
import { box, list, room, write } from '../support/page.ts'
import { startNatter } from '../support/server.ts'
import { spread } from './search.ts'

/** How much there is in either room before anybody looks. */
const MESSAGES = 1_000
const [LOADS, OWN, KEYS, SWITCHES] = [5, 30, 120, 1_000]
/** A crowd that says so much in a second, for so long. */
const [SPEAKERS, RATE, SECONDS] = [20, 200, 10]
/** What a lively room hears in an hour: five messages a second. */
const HOUR = 18_000

const text = (i: number) => `${i} The kettle is on, and the big drill is back on its hook.`

type Load = { milliseconds: number; bytes: number }

/** From the moment that the page is asked for until the newest messages have been drawn, and what had come over the network by then. */
async function load(page: Page, url: string): Promise<Load> {
  await page.goto(url)
  await list(page).locator('[data-seq]').first().waitFor()
  return page.evaluate(() => {
    const entries = [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')]
    const bytes = (entries as PerformanceResourceTiming[])
      .filter(({ responseEnd }) => responseEnd <= firstDrawn)
      .reduce((sum, { transferSize }) => sum + transferSize, 0)
    return { milliseconds: firstDrawn, bytes }
  })
}

declare global {
  /** When the first messages had been drawn, since the page was asked for. Milliseconds. */
  var firstDrawn: number
  /** Resolves when a frame has been drawn with what is waited for in it. */
  function drawn(isThere?: () => boolean): Promise<void>
}

/** In every page from its beginning. */
function watch(): void {
  globalThis.drawn = (isThere = () => true) =>
    new Promise((resolve) => {
      const look = () => requestAnimationFrame(() => (isThere() ? setTimeout(resolve) : look()))
      look()
    })
  void drawn(() => document.querySelector('[data-seq]') !== null).then(() => {
    globalThis.firstDrawn = performance.now()
  })
}

/** From Enter until one's own message has been drawn. */
async function sayOwn(page: Page, i: number): Promise<number> {
  await box(page).fill(`mine ${i}`)
  return box(page).evaluate(async (element, said) => {
    const since = performance.now()
    element.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    await drawn(() => [...document.querySelectorAll('[data-key]')].at(-1)?.textContent.includes(said) ?? false)
    return performance.now() - since
  }, `mine ${i}`)
}

/** From each key until its letter has been drawn. */
async function typeKeys(page: Page): Promise<number[]> {
  await box(page).evaluate((element) => {
    const times: number[] = []
    Object.assign(globalThis, { keyTimes: times })
    element.addEventListener('keydown', ({ timeStamp }) => {
      void drawn().then(() => times.push(performance.now() - timeStamp))
    })
  })
  await box(page).pressSequentially('the quick brown fox jumps over the lazy dog, '.repeat(3).slice(0, KEYS), {
    delay: 30,
  })
  await box(page).fill('')
  return page.evaluate(() => (globalThis as unknown as { keyTimes: number[] }).keyTimes)
}

/**
 * To and fro between two rooms that were both looked at before, whenever the page has nothing to do, as people are slower: from
 * the click until the other one’s messages have been drawn.
 */
async function switchRooms(page: Page, names: readonly string[], times: number): Promise<number[]> {
  const links = await Promise.all(names.map((name) => room(page, name).elementHandle()))
  const taken: number[] = []
  for (let i = 0; i < times; i++) {
    const [link, name] = [links[i % links.length], names[i % names.length]]
    const milliseconds = await link?.evaluate(async (element, title) => {
      await new Promise((resolve) => requestIdleCallback(resolve))
      const since = performance.now()
      ;(element as HTMLElement).click()
      await drawn(
        () =>
          document.getElementById('room-title')?.textContent === title && document.querySelector('[data-seq]') !== null,
      )
      return performance.now() - since
    }, name)
    taken.push(milliseconds ?? NaN)
  }
  return taken
}

/** How long each frame takes while a crowd talks. */
async function hearCrowd(page: Page, speakers: readonly Client[]): Promise<number[]> {
  await page.evaluate(() => {
    const frames: number[] = []
    Object.assign(globalThis, { frames })
    let last = performance.now()
    const next = (now: number) => {
      frames.push(now - last)
      last = now
      requestAnimationFrame(next)
    }
    requestAnimationFrame(next)
  })
  const begin = performance.now()
  const said: Promise<unknown>[] = []
  for (let i = 0; i < RATE * SECONDS; i++) {
    await after(Math.max(0, begin + (i * 1000) / RATE - performance.now()))
    const speaker = speakers[i % speakers.length]
    if (speaker) said.push(speaker.say(text(i)))
  }
  await Promise.all(said)
  return page.evaluate(() => (globalThis as unknown as { frames: number[] }).frames)
}

/** Of what the page holds on to. Megabytes. */
async function heapOf(context: BrowserContext, page: Page): Promise<number> {
  const devTools = await context.newCDPSession(page)
  await devTools.send('HeapProfiler.collectGarbage')
  const { usedSize } = await devTools.send('Runtime.getHeapUsage')
  await devTools.detach()
  return usedSize / 1e6
}

const tenth = (value: number) => Math.round(value * 10) / 10

/** What people wait for in the page, and what it holds on to: `npm run build && npm run bench -- page`. */
export async function page(): Promise<Record<string, unknown>> {
  const many = '1000000'
  const natter = await startNatter({ LIMIT_MESSAGES: many, LIMIT_REQUESTS: many })
  const chrome = await chromium.launch(launchOptions)
  try {
    const speakers = await Promise.all(Array.from({ length: SPEAKERS }, (_, i) => connect(natter.url, `Bob ${i}`)))
    const [bob] = speakers
    if (!bob) throw new Error('Somebody speaks.')
    const kitchen = (await bob.ask('room:create', { name: 'Kitchen', topic: '' })).room.id
    for (const roomId of [bob.roomId, kitchen]) await bob.fill(MESSAGES, text, roomId)
    const context = await chrome.newContext({ viewport: { width: 1440, height: 900 } })
    await context.addInitScript(watch)
    await context.request.post(`${natter.url}/api/people`, { data: { name: 'Ann' }, headers: { Origin: natter.url } })

    const cookies = await context.cookies()
    const elsewhere = await connectAs(natter.url, cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
    await elsewhere.ask('room:join', { roomId: kitchen })
    elsewhere.close()
    const ann = await context.newPage()
    const first = await load(ann, natter.url)
    const again: Load[] = []
    for (let i = 0; i < LOADS; i++) again.push(await load(ann, natter.url))
    await switchRooms(ann, ['Lobby', 'Kitchen'], 4)

    const own: number[] = []
    for (let i = 0; i < OWN; i++) own.push(await sayOwn(ann, i))
    const before = await heapOf(context, ann)
    const switches = await switchRooms(ann, ['Kitchen', 'Lobby'], SWITCHES)
    const switched = await heapOf(context, ann)
    const frames = await hearCrowd(ann, speakers)
    const rows = await list(ann).locator('[data-seq]').count()
    const keys = await typeKeys(ann)
    const crowded = await heapOf(context, ann)
    await bob.fill(HOUR, text)
    await write(ann, 'an hour later')
    const later = await heapOf(context, ann)
    for (const one of speakers) one.close()

    const revisit = { milliseconds: spread(again.map(({ milliseconds }) => milliseconds)), bytes: again.at(-1)?.bytes }
    const figures = {
      first,
      revisit,
      own: spread(own),
      switches: spread(switches),
      keys: spread(keys),
      frames: spread(frames),
      rows,
      heap: [before, switched, crowded, later].map(tenth),
    }
    console.log(
      `The first visit: ${Math.round(first.milliseconds)} ms until the messages are there, ${Math.round(first.bytes / 1000)} kB; later ${revisit.milliseconds.p50} ms, ${revisit.bytes} bytes.
One’s own message is drawn after ${figures.own.p50} ms (p50), ${figures.own.p95} ms (p95); a key after ${figures.keys.p50} and ${figures.keys.p95} ms, beside ${rows} messages.
Another room that was looked at before: ${figures.switches.p50} ms (p50), ${figures.switches.p95} ms (p95).
While ${RATE} messages a second come, frames take ${figures.frames.p50} ms (p50), ${figures.frames.p99} ms (p99), ${figures.frames.max} ms at most.
The page holds on to ${figures.heap[0]} MB, ${figures.heap[1]} MB after ${SWITCHES} times another room, ${figures.heap[2]} MB after the crowd and ${figures.heap[3]} MB after ${HOUR} messages.`,
    )
    return figures
  } finally {
    await chrome.close()
    await natter.stop()
  }
}
