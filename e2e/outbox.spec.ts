import { chromium, expect, type BrowserContext, type Page } from '@playwright/test'
import { stored } from './support/client.ts'
import { box, comeIn, list, message, waiting, write } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

const launchOptions = () => test.info().project.use.launchOptions ?? {}
const problem = (page: Page) => page.getByRole('alert')

async function anotherTab(page: Page): Promise<Page> {
  const tab = await page.context().newPage()
  await tab.goto(page.url())
  await expect(box(tab)).toBeVisible()
  return tab
}

/** What is being written in the other tab may come into the box after Playwright has marked what was in there. */
async function writeAlone(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await box(page).fill(text)
    expect(await box(page).inputValue()).toBe(text)
  }).toPass()
  await box(page).press('Enter')
}

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
  for (let i = 1; i <= 30; i++) await writeAlone(i % 2 ? ann : tab, `quick ${i}.`)
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
