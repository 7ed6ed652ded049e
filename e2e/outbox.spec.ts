import { chromium, expect, type BrowserContext, type Page } from '@playwright/test'
import { startBrowser } from './support/browser.ts'
import { connect } from './support/client.ts'
import { kept } from './support/kept.ts'
import { box, list, message, write } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

const launchOptions = () => test.info().project.use.launchOptions ?? {}
const waiting = (page: Page) => list(page).locator('[data-state=waiting], [data-state=sending]')
const problem = (page: Page) => page.getByRole('alert')

async function comeIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('What should people call you?').fill(name)
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeVisible()
}

async function anotherTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto(page.url())
  await expect(box(tab)).toBeVisible()
  return tab
}

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

/** What the server has stored, as somebody else reads it. */
async function stored(url: string): Promise<string[]> {
  const reader = await connect(url, `Reader ${Math.random().toString(36).slice(2, 8)}`)
  const messages = await reader.history()
  reader.close()
  return messages.map(({ body }) => body)
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

test('a server that is away while 20 messages wait gets them all, once and in order', async ({ natter, person }) => {
  const ann = await person('Ann')
  await natter.kill('SIGKILL')
  const texts = Array.from({ length: 20 }, (_, i) => `written meanwhile ${i + 1}.`)
  for (const text of texts) await write(ann, text)
  await expect(waiting(ann)).toHaveCount(20)
  await expect(list(ann).locator('[data-state=failed]')).toHaveCount(0)
  await natter.restart()
  await expect(waiting(ann)).toHaveCount(0, { timeout: 45_000 })
  expect(await stored(natter.url)).toEqual(texts)
})

test('every tab shows what waits, and the one that stays sends what others wrote, in the order of writing', async ({
  natter,
  person,
}) => {
  const ann = await person('Ann')
  const tab = await anotherTab(ann)
  await ann.context().setOffline(true)
  const texts = Array.from({ length: 8 }, (_, i) => `no. ${i + 1}.`)
  for (const [i, text] of texts.entries()) {
    const writer = i % 2 === 0 ? ann : tab
    await write(writer, text)
    for (const page of [ann, tab]) await expect(message(page, text)).toHaveAttribute('data-state', 'waiting')
  }
  await ann.close()
  await tab.context().setOffline(false)
  await expect(waiting(tab)).toHaveCount(0, { timeout: 20_000 })
  expect(await stored(natter.url)).toEqual(texts)
})

test('two tabs that write in turns send everything once and in that order, and nothing waits in either', async ({
  natter,
  person,
}) => {
  const ann = await person('Ann')
  const tab = await anotherTab(ann)
  for (let i = 1; i <= 30; i++) await write(i % 2 ? ann : tab, `quick ${i}.`)
  for (const page of [ann, tab]) {
    await expect(message(page, 'quick 30.')).toHaveAttribute('data-state', 'sent')
    await expect(waiting(page)).toHaveCount(0)
    for (let i = 1; i <= 30; i++) await expect(message(page, `quick ${i}.`)).toHaveCount(1)
  }
  expect(await stored(natter.url)).toEqual(Array.from({ length: 30 }, (_, i) => `quick ${i + 1}.`))
})

test('sending in one tab, however slowly it is kept, takes nothing from what is being written in another', async ({
  natter,
  person,
}) => {
  const ann = await person('Ann')
  const tab = await anotherTab(ann)
  // The disk of this tab takes its time.
  await ann.evaluate(() => {
    let until: Promise<void> | null = null
    Object.assign(window, { goOn: () => {} })
    const open = IDBDatabase.prototype.transaction
    IDBDatabase.prototype.transaction = function (...args) {
      const transaction = open.apply(this, args)
      if (args[2]?.durability !== 'strict') return transaction
      until ??= new Promise((resolve) => Object.assign(window, { goOn: resolve }))
      let over = false
      void until.then(() => (over = true))
      const store = transaction.objectStore('outbox')
      // Asked again and again, it stays open.
      const hold = () => {
        if (!over) store.count().onsuccess = hold
      }
      hold()
      return transaction
    }
  })
  await write(ann, 'sent from here')
  await expect(message(ann, 'sent from here')).toHaveAttribute('data-state', 'sending')
  await box(tab).fill('being written there')
  await expect.poll(() => tab.evaluate(() => Object.values(localStorage).join())).toContain('being written there')
  await ann.evaluate(() => (window as unknown as { goOn: () => void }).goOn())
  await expect(message(tab, 'sent from here')).toHaveAttribute('data-state', 'sent')
  await expect(message(ann, 'sent from here')).toHaveAttribute('data-state', 'sent')
  await expect(box(tab)).toHaveValue('being written there')
  await expect(box(ann)).toHaveValue('')
  await tab.reload()
  await expect(box(tab)).toHaveValue('being written there')
  expect(await stored(natter.url)).toEqual(['sent from here'])
})

test('two quick Enters send a text once, and what is typed on meanwhile stays', async ({ natter, person }) => {
  const ann = await person('Ann')
  await box(ann).fill('once')
  await ann.evaluate(async () => {
    const area = document.querySelector('textarea')
    for (let i = 0; i < 2; i++)
      area?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    while (area?.value) await Promise.resolve()
    document.execCommand('insertText', false, 'typed on')
  })
  await expect(message(ann, 'once')).toHaveAttribute('data-state', 'sent')
  await expect(box(ann)).toHaveValue('typed on')
  await ann.reload()
  await expect(box(ann)).toHaveValue('typed on')
  expect(await stored(natter.url)).toEqual(['once'])
})

test('what somebody has waiting is never sent under another name, and waits for them', async ({ natter, person }) => {
  const ann = await person('Ann')
  const cookies = await ann.context().cookies()
  await ann.context().setOffline(true)
  await write(ann, 'of Ann alone')
  await expect(waiting(ann)).toHaveCount(1)

  // Somebody else takes the browser; the page of Ann is still open and comes back as Bob.
  await ann.context().clearCookies()
  await ann.context().setOffline(false)
  const tab = await ann.context().newPage()
  await comeIn(tab, natter.url, 'Bob')
  await write(tab, 'of Bob')
  await expect(message(tab, 'of Bob')).toHaveAttribute('data-state', 'sent')
  await expect(message(tab, 'of Ann alone')).toHaveCount(0)
  expect(await stored(natter.url)).toEqual(['of Bob'])

  await ann.context().clearCookies()
  await ann.context().addCookies(cookies)
  await tab.reload()
  await expect(message(tab, 'of Ann alone')).toHaveAttribute('data-state', 'sent')
  await expect(list(tab).getByText('You')).toBeVisible()
  expect(await stored(natter.url)).toEqual(['of Bob', 'of Ann alone'])
})

test('a message that has waited for a week: the box says so, and keeps the text', async ({ person }) => {
  const ann = await person('Ann')
  await ann.clock.install()
  await ann.context().setOffline(true)
  await write(ann, 'first')
  await expect(waiting(ann)).toHaveCount(1)
  await ann.clock.setSystemTime(Date.now() + 7 * 24 * 60 * 60 * 1000 + 60_000)
  await write(ann, 'too late')
  await expect(problem(ann)).toHaveText(/^A message has been waiting for a week/)
  await expect(box(ann)).toHaveValue('too late')
  await expect(box(ann)).toBeEnabled()
  await expect(waiting(ann)).toHaveCount(1)
})

test.describe('where the browser keeps nothing', () => {
  const ways = {
    blocked: () => {
      IDBFactory.prototype.open = () => {
        throw new DOMException('Not here.', 'SecurityError')
      }
    },
    full: () => {
      IDBObjectStore.prototype.put = () => {
        throw new DOMException('There is no room.', 'QuotaExceededError')
      }
    },
    silent: () => {
      IDBFactory.prototype.open = () => new EventTarget() as IDBOpenDBRequest
    },
  }
  for (const [name, way] of Object.entries(ways)) {
    test(`${name}: the page says what that means, and goes on`, async ({ natter, person }) => {
      const ann = await person('Ann')
      await ann.context().addInitScript(way)
      await ann.reload()
      await write(ann, 'one')
      await write(ann, 'two')
      for (const text of ['one', 'two']) await expect(message(ann, text)).toHaveAttribute('data-state', 'sent')
      await expect(ann.getByText('This browser keeps nothing')).toBeVisible()
      await ann.context().setOffline(true)
      await write(ann, 'three')
      await expect(message(ann, 'three')).toHaveAttribute('data-state', 'waiting')
      await ann.context().setOffline(false)
      await expect(message(ann, 'three')).toHaveAttribute('data-state', 'sent')
      expect(await stored(natter.url)).toEqual(['one', 'two', 'three'])
    })
  }
})

test.describe('in one’s own network, without https', () => {
  test.use({ environment: { HOST: '0.0.0.0', JOIN: 'open', LIMIT_MESSAGES: '100000' } })

  test('tabs share what waits, and one that is closed leaves it to the others', async ({ natter }) => {
    const browser = await chromium.launch({
      ...launchOptions(),
      args: ['--host-resolver-rules=MAP natter.test 127.0.0.1'],
    })
    const context: BrowserContext = await browser.newContext()
    const ann = await context.newPage()
    await comeIn(ann, `http://natter.test:${new URL(natter.url).port}`, 'Ann')
    expect(await ann.evaluate(() => 'locks' in navigator)).toBe(false)
    const tab = await anotherTab(ann)
    await context.setOffline(true)
    await write(ann, 'no. 1.')
    await expect(message(tab, 'no. 1.')).toBeVisible()
    await write(ann, 'no. 2.')
    await expect(message(tab, 'no. 2.')).toBeVisible()
    await write(tab, 'of the other tab')
    await ann.close()
    await context.setOffline(false)
    await expect(waiting(tab)).toHaveCount(0, { timeout: 20_000 })
    expect((await stored(natter.url)).toSorted()).toEqual(['no. 1.', 'no. 2.', 'of the other tab'])
    const order = await stored(natter.url)
    expect(order.indexOf('no. 1.')).toBeLessThan(order.indexOf('no. 2.'))
    await browser.close()
  })
})
