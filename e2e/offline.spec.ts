import { expect, type Page } from '@playwright/test'
import { kept, settle } from './support/kept.ts'
import { box, list, look, makeRoom, message, room, rooms, write } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ serviceWorkers: 'allow' })

const status = (page: Page) => page.getByRole('main').getByRole('status')

test('Natter opens without a network, with what was there, says so quietly, and takes what is written', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(bob, 'from before')
  await expect(message(ann, 'from before')).toBeVisible()
  await settle(ann, 'from before')
  await ann.context().setOffline(true)
  await write(ann, 'written offline')
  await expect.poll(async () => JSON.stringify(await kept(ann, 'outbox'))).toContain('written offline')
  await ann.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('main li[data-seq]')) return
      performance.mark('shown')
      observer.disconnect()
    }).observe(document, { childList: true, subtree: true })
  })
  await ann.reload()
  await expect(message(ann, 'from before')).toBeVisible()
  const took = await ann.evaluate(() => Math.round(performance.getEntriesByName('shown')[0]?.startTime ?? Infinity))
  console.log(JSON.stringify({ shownWithoutNetworkAfterMs: took }))
  expect(took).toBeLessThan(5_000)
  await expect(message(ann, 'written offline')).toHaveAttribute('data-state', 'waiting')
  await expect(status(ann)).toHaveText('Offline. One message is waiting.')
  await expect(message(ann, 'from before')).toContainText('Bob')
  await write(ann, 'and one more')
  await ann.context().setOffline(false)
  for (const text of ['written offline', 'and one more']) {
    await expect(message(bob, text)).toHaveCount(1, { timeout: 20_000 })
    await expect(message(ann, text)).toHaveAttribute('data-state', 'sent')
  }
})

test('what was edited, deleted and said meanwhile is there when the network is back, with a line before it', async ({
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const [first, second] = [await bob.say('a tpyo'), await bob.say('a secret')]
  await expect(message(ann, 'a secret')).toBeVisible()
  await settle(ann, 'a secret')
  await ann.context().setOffline(true)
  await ann.reload()
  await expect(message(ann, 'a tpyo')).toBeVisible()
  await bob.ask('message:edit', { roomId: bob.roomId, seq: first.seq, body: 'a typo' })
  await bob.ask('message:delete', { roomId: bob.roomId, seq: second.seq })
  await bob.say('said meanwhile')
  await ann.context().setOffline(false)
  await expect(message(ann, 'said meanwhile')).toBeVisible({ timeout: 20_000 })
  await expect(message(ann, 'a typo')).toBeVisible()
  await expect(list(ann)).not.toContainText('a secret')
  await expect(list(ann).getByRole('heading', { name: /^New messages since/ })).toBeVisible()
  await expect.poll(async () => JSON.stringify(await kept(ann, 'pages'))).not.toContain('a secret')
})

test('what was edited and deleted in a room that says nothing new is there as well', async ({
  natter,
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const [first, second] = [await bob.say('a tpyo'), await bob.say('a secret')]
  await expect(message(ann, 'a secret')).toBeVisible()
  // Whoever writes has read: nothing is unread when the page comes back, and it is not asked for anew.
  await write(ann, 'so it is')
  await expect(message(ann, 'so it is')).toHaveAttribute('data-state', 'sent')
  await settle(ann, 'so it is')
  await ann.close()
  await bob.ask('message:edit', { roomId: bob.roomId, seq: first.seq, body: 'a typo' })
  await bob.ask('message:delete', { roomId: bob.roomId, seq: second.seq })
  const again = await ann.context().newPage()
  await again.goto(natter.url)
  await expect(message(again, 'a typo')).toBeVisible()
  await expect(list(again)).not.toContainText('a secret')
  await expect(status(again)).toHaveText('')
})

test('a room that is not kept says honestly that it is not there yet', async ({ person }) => {
  const ann = await person('Ann')
  await makeRoom(ann, 'Kitchen')
  await write(ann, 'soup')
  await room(ann, 'Lobby').click()
  await write(ann, 'in the lobby')
  await settle(ann, 'in the lobby')
  await ann.context().setOffline(true)
  await forget(ann, 'soup')
  await ann.reload()
  await expect(message(ann, 'in the lobby')).toBeVisible()
  await room(ann, 'Kitchen').click()
  await expect(list(ann)).toHaveAttribute('aria-busy', 'true')
  await expect(message(ann, 'soup')).toHaveCount(0)
  await write(ann, 'written anyway')
  await expect(message(ann, 'written anyway')).toHaveAttribute('data-state', 'waiting')
  await ann.context().setOffline(false)
  await expect(message(ann, 'soup')).toBeVisible({ timeout: 20_000 })
  await expect(message(ann, 'written anyway')).toHaveAttribute('data-state', 'sent')
})

/** As if the room that says this were one of too many. */
const forget = (page: Page, text: string) =>
  page.evaluate(async (said) => {
    const opened = indexedDB.open('natter')
    await new Promise((resolve) => (opened.onsuccess = resolve))
    const changing = opened.result.transaction('pages', 'readwrite')
    const pages = changing.objectStore('pages')
    const found = pages.getAll()
    found.onsuccess = () => {
      for (const one of found.result) if (JSON.stringify(one).includes(said)) pages.delete(one.roomId)
    }
    await new Promise((resolve) => (changing.oncomplete = resolve))
    opened.result.close()
  }, text)

test('whoever is not signed in any more finds nothing of what was read here', async ({ person }) => {
  const ann = await person('Ann')
  await write(ann, 'for Ann')
  await settle(ann, 'for Ann')
  await ann.context().clearCookies()
  await ann.reload()
  await ann.getByLabel('What should people call you?').fill('Bob')
  await expect.poll(() => kept(ann, 'pages')).toEqual([])
  await ann.keyboard.press('Enter')
  await expect(box(ann)).toBeVisible()
  await expect(rooms(ann).getByText('Bob')).toBeVisible()
  await expect(message(ann, 'for Ann')).toContainText('Ann')
})

test.describe('when the server has a newer page', () => {
  /** The server that this page talks to has another build than the page. */
  async function withNewer(page: Page, isLost = (_sent: string) => false): Promise<void> {
    await page.routeWebSocket(/socket\.io/, (route) => {
      const server = route.connectToServer()
      route.onMessage((frame) => {
        if (!isLost(String(frame))) server.send(frame)
      })
      server.onMessage((frame) => route.send(String(frame).replace(/"build":"[^"]*"/, '"build":"index-newer"')))
    })
    await page.reload()
    await expect(page.getByText('There’s a newer Natter. Reload when it suits you.')).toBeVisible()
  }

  test('it says so, and comes back by itself when nobody looks, with the draft, and once', async ({ person }) => {
    const ann = await person('Ann')
    await withNewer(ann)
    await box(ann).fill('half a thought')
    await ann.evaluate(() => Object.assign(window, { sameDocument: true }))
    const reloaded = ann.waitForEvent('load')
    await look(ann, false).catch(() => {})
    await reloaded
    await expect(box(ann)).toHaveValue('half a thought')
    expect(await ann.evaluate(() => 'sameDocument' in window)).toBe(false)
    await expect(ann.getByText('There’s a newer Natter.')).toBeVisible()
    await ann.evaluate(() => Object.assign(window, { sameDocument: true }))
    const asked = ann.waitForResponse(/healthz/)
    await look(ann, false)
    await asked
    // What it would do now, it would do before this is sent.
    await write(ann, 'still the same page')
    await expect(message(ann, 'still the same page')).toHaveAttribute('data-state', 'sent')
    await look(ann, true)
    expect(await ann.evaluate(() => 'sameDocument' in window)).toBe(true)
    await ann.getByRole('button', { name: 'Reload' }).click()
    await expect.poll(() => ann.evaluate(() => 'sameDocument' in window)).toBe(false)
  })

  test('it stays while something is on its way', async ({ person }) => {
    const ann = await person('Ann')
    await withNewer(ann, (sent) => sent.includes('"message:send"'))
    await write(ann, 'still waiting')
    await expect(message(ann, 'still waiting')).toHaveAttribute('data-state', 'sending')
    await ann.evaluate(() => Object.assign(window, { sameDocument: true }))
    let asked = 0
    ann.on('request', (request) => (asked += Number(request.url().endsWith('/healthz'))))
    await look(ann, false)
    await look(ann, true)
    expect(asked).toBe(0)
    expect(await ann.evaluate(() => 'sameDocument' in window)).toBe(true)
  })
})

test('a page of the same build is told of no newer one', async ({ person }) => {
  const ann = await person('Ann')
  await write(ann, 'hello')
  await expect(message(ann, 'hello')).toHaveAttribute('data-state', 'sent')
  await expect(ann.getByText('There’s a newer Natter.')).toHaveCount(0)
})
