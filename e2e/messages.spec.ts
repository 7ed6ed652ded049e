import { chromium, expect } from '@playwright/test'
import { box, list, makeRoom, message, room, write } from './support/page.ts'
import { startOldProxy } from './support/proxy.ts'
import { test } from './support/test.ts'

test('two people pick two names and talk; the words are there after a restart', async ({ natter, person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(ann, 'Has anybody seen the ladder?')
  await expect(message(bob, 'Has anybody seen the ladder?')).toHaveCount(1)
  await write(bob, 'It is behind the shed.')
  await expect(message(ann, 'It is behind the shed.')).toHaveCount(1)

  await natter.kill('SIGKILL')
  await natter.restart()
  await ann.reload()
  await expect(message(ann, 'Has anybody seen the ladder?')).toHaveCount(1)
  await expect(message(ann, 'It is behind the shed.')).toHaveCount(1)
  await write(bob, 'Found it?')
  await expect(message(ann, 'Found it?')).toHaveCount(1)
})

test('the page never reloads, the box empties, and blanks are not sent', async ({ person }) => {
  const ann = await person('Ann')
  await ann.evaluate(() => Object.assign(window, { sameDocument: true }))
  await write(ann, '   ')
  await write(ann, 'first')
  await expect(box(ann)).toHaveValue('')
  await expect(message(ann, 'first')).toHaveCount(1)
  await expect(list(ann).getByRole('listitem')).toHaveCount(1)
  expect(await ann.evaluate(() => 'sameDocument' in window)).toBe(true)
})

test('one’s own message is there in the next frame, once, in every tab of the person', async ({ person }) => {
  const ann = await person('Ann')
  const tab = await ann.context().newPage()
  await tab.goto(ann.url())
  await expect(box(tab)).toBeVisible()
  await box(ann).fill('only once')
  const frames = await ann.evaluate(async () => {
    const area = document.querySelector('textarea')
    area?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    for (let frame = 1; frame <= 10; frame++) {
      await new Promise(requestAnimationFrame)
      if (document.querySelector('main ol')?.textContent?.includes('only once')) return frame
    }
    return Infinity
  })
  expect(frames).toBeLessThanOrEqual(2)
  await expect(message(tab, 'only once')).toHaveCount(1)
  await write(tab, 'answer')
  await expect(message(ann, 'answer')).toHaveCount(1)
  await expect(message(ann, 'only once')).toHaveCount(1)
})

test('messages written offline wait, and arrive once and in order', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await ann.context().setOffline(true)
  const texts = Array.from({ length: 20 }, (_, i) => `waiting ${i + 1}.`)
  for (const text of texts) await write(ann, text)
  for (const text of texts) await expect(message(ann, text)).toHaveCount(1)
  await ann.context().setOffline(false)
  await expect(message(bob, 'waiting 20.')).toHaveCount(1, { timeout: 30_000 })
  const seen = (await list(bob).getByRole('listitem').allInnerTexts()).flatMap(
    (text) => text.match(/waiting \d+\./g) ?? [],
  )
  expect(seen).toEqual(texts)
})

test('a draft stays in its room, over room changes and reloads, and never comes back once it is sent', async ({
  person,
}) => {
  const ann = await person('Ann')
  await makeRoom(ann, 'Kitchen')
  await box(ann).fill('about soup')
  await room(ann, /^Lobby/).click()
  await expect(ann.getByRole('heading', { level: 1, name: 'Lobby' })).toBeVisible()
  await expect(box(ann)).toHaveValue('')
  await expect(room(ann, /^Kitchen.*draft/)).toBeVisible()
  await box(ann).fill('half a tho')
  await ann.reload()
  await expect(box(ann)).toHaveValue('half a tho')
  await expect(room(ann, /^Kitchen.*draft/)).toBeVisible()
  await room(ann, /^Kitchen/).click()
  await expect(box(ann)).toHaveValue('about soup')
  await box(ann).press('Enter')
  await expect(message(ann, 'about soup')).toHaveAttribute('data-state', 'sent')
  await ann.reload()
  await expect(message(ann, 'about soup')).toHaveCount(1)
  await expect(box(ann)).toHaveValue('')
  await room(ann, /^Lobby/).click()
  await expect(box(ann)).toHaveValue('half a tho')
})

test('the list follows the newest message only for who was at the end', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  for (let i = 1; i <= 40; i++) await write(ann, `line ${i} of many`)
  await expect(message(bob, 'line 40 of many')).toBeInViewport()
  await message(bob, 'line 5 of many').scrollIntoViewIfNeeded()
  const before = await message(bob, 'line 5 of many').boundingBox()
  await write(ann, 'one more')
  await expect(message(bob, 'one more')).toHaveCount(1)
  expect(await message(bob, 'line 5 of many').boundingBox()).toEqual(before)
  await bob.getByRole('button', { name: /new|Latest/ }).click()
  await expect(message(bob, 'one more')).toBeInViewport()
})

test.describe('in one’s own network', () => {
  test.use({ environment: { HOST: '0.0.0.0', JOIN: 'open' } })

  test('one can write from an address without https', async ({ natter }) => {
    const browser = await chromium.launch({
      ...test.info().project.use.launchOptions,
      args: ['--host-resolver-rules=MAP natter.test 127.0.0.1'],
    })
    const page = await browser.newPage()
    await page.goto(`http://natter.test:${new URL(natter.url).port}`)
    await page.getByLabel('What should people call you?').fill('Ann')
    await page.keyboard.press('Enter')
    expect(await page.evaluate(() => isSecureContext)).toBe(false)
    await write(page, 'from the shed')
    await expect(message(page, 'from the shed')).toHaveAttribute('data-state', 'sent')
    await browser.close()
  })
})

test('several messages are copied as a conversation is quoted', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await ann.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await write(bob, 'first of Bob')
  await expect(message(ann, 'first of Bob')).toHaveCount(1)
  await write(bob, 'second of Bob')
  await expect(message(ann, 'second of Bob')).toHaveCount(1)
  await write(ann, 'answer of Ann')
  await expect(message(ann, 'answer of Ann')).toHaveAttribute('data-state', 'sent')
  await ann.evaluate(() => {
    const texts = [...document.querySelectorAll('main li .text')].map((one) => one.firstChild)
    const [from, to] = [texts[0], texts[2]]
    if (from && to) getSelection()?.setBaseAndExtent(from, 6, to, 6)
  })
  await ann.keyboard.press('Control+c')
  const copied = await ann.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(/^Bob, \d+:\d\d.*\nof Bob\nsecond of Bob\n\nAnn, \d+:\d\d.*\nanswer$/)
})

test('where no WebSocket gets through, everything goes by the other way', async ({ natter, person, client }) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  const proxy = await startOldProxy(natter.url)
  await ann.goto(proxy.url)
  await write(ann, 'the long way round')
  await expect(message(ann, 'the long way round')).toHaveAttribute('data-state', 'sent')
  await bob.say('heard')
  await expect(message(ann, 'heard')).toBeVisible()
  proxy.close()
})

test('a device whose clock is a year off sends, stands in order, and sees who is writing', async ({
  person,
  client,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  await ann.context().addInitScript(() => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + 365 * 24 * 60 * 60 * 1000
  })
  await ann.reload()
  await bob.say('one')
  await expect(message(ann, 'one')).toBeVisible()
  await write(ann, 'two')
  await expect(message(ann, 'two')).toHaveAttribute('data-state', 'sent')
  const { sentAt } = await bob.say('three')
  await expect(message(ann, 'three')).toBeVisible()
  await bob.ask('typing:set', { roomId: bob.roomId, typing: true })
  await expect(ann.getByText('Bob is writing')).toBeVisible()
  await expect(ann.getByText('Bob is writing')).toHaveCount(0)
  const said = await bob.history()
  expect(said.map(({ body }) => body)).toEqual(['one', 'two', 'three'])
  expect(Math.abs((said[1]?.sentAt ?? 0) - sentAt)).toBeLessThan(60_000)
})
