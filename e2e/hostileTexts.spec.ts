import { expect, type Page } from '@playwright/test'
import { MESSAGE_LENGTH } from '../protocol/limits.ts'
import { hostile, large } from '../protocol/testing/hostile.ts'
import { comeIn, connectAs, type Client } from './support/client.ts'
import { list, room } from './support/page.ts'
import { test } from './support/test.ts'

const MANY = '1000000'
test.use({ environment: { LIMIT_MESSAGES: MANY, LIMIT_REQUESTS: MANY, LIMIT_JOINS: MANY } })

/** So much of a room is told at once, and drawn: messages, and characters in them. */
const [IN_A_ROOM, LONG_ROOM] = [90, 150_000]

const texts = [
  ...hostile,
  ...Object.values(large(MESSAGE_LENGTH)),
  ...Object.values(large(MESSAGE_LENGTH + 100)).slice(0, 3),
]
const each = (n: number) => texts.filter((_, i) => i % n === 0)

function inRooms(): string[][] {
  const rooms: string[][] = [[]]
  for (const text of texts) {
    const last = rooms.at(-1) ?? []
    const isFull = last.length === IN_A_ROOM || last.join('').length + text.length > LONG_ROOM
    if (isFull) rooms.push([text])
    else last.push(text)
  }
  return rooms
}

/** Whatever a page does that it should not, from here on. */
function watch(page: Page, url: string): string[] {
  const seen: string[] = []
  page.on('dialog', (dialog) => {
    seen.push(`dialog ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (new URL(request.url()).origin !== url) seen.push(`request ${request.url().slice(0, 80)}`)
  })
  page.on('console', (said) => {
    if (said.type() === 'error') seen.push(said.text().slice(0, 200))
  })
  page.on('pageerror', ({ message }) => seen.push(message))
  return seen
}

/** Says all of them wherever there is a place for it. Resolves to how often that was refused and taken, and to rooms with so many messages. */
async function sayEverywhere(bob: Client, ann: Client, url: string) {
  const [figures, rooms]: [Record<string, { refused: number; taken: number }>, Map<string, number>] = [{}, new Map()]
  async function put<T>(place: string, task: () => Promise<T>): Promise<T | null> {
    const figure = (figures[place] ??= { refused: 0, taken: 0 })
    try {
      const done = await task()
      figure.taken++
      return done
    } catch {
      figure.refused++
      return null
    }
  }
  const key = () => crypto.randomUUID()

  for (const some of inRooms()) {
    const name = `Room ${rooms.size}`
    const { id: roomId } = (await bob.ask('room:create', { name })).room
    await bob.ask('room:add', { roomId, personId: ann.hello.me.id })
    const sent = await Promise.all(
      some.map((body, i) => {
        const along = i % 3 === 2 && rooms.size < 3 ? { replyTo: 1 } : {}
        return put(along.replyTo ? 'reply' : 'message', () =>
          bob.ask('message:send', { roomId, key: key(), body, ...along }),
        )
      }),
    )
    const seqs = sent.flatMap((one) => one?.seq ?? [])
    await Promise.all(
      seqs
        .slice(0, 30)
        .flatMap((seq, i) => [
          put('edit', () => bob.ask('message:edit', { roomId, seq, body: some[i + 1] ?? '' })),
          put('pin', () => bob.ask('message:pin', { roomId, seq, on: true })),
        ]),
    )
    await Promise.all(seqs.map((seq) => put('saved', () => ann.ask('saved:set', { roomId, seq, on: true }))))
    rooms.set(name, seqs.length)
  }
  const polls = `Room ${rooms.size}`
  const { id: roomId } = (await bob.ask('room:create', { name: polls })).room
  await bob.ask('room:add', { roomId, personId: ann.hello.me.id })
  let asked = 0
  for (const text of each(12)) {
    const poll = { options: [text, `${text}.`], multiple: false }
    if (await put('poll', () => bob.ask('message:send', { roomId, key: key(), body: text, poll }))) asked++
    await put('topic', () => bob.ask('room:topic', { roomId, topic: text }))
    await put('status', () => bob.ask('profile:change', { status: { emoji: '', text, milliseconds: null } }))
    await put('name', () => comeIn(url, text))
    const made = await put('room', () => bob.ask('room:create', { name: text, topic: text }))
    if (!made) continue
    await bob.ask('room:add', { roomId: made.room.id, personId: ann.hello.me.id })
    await put('preview', () => bob.say(text, made.room.id))
  }
  rooms.set(polls, asked)
  return { figures, rooms }
}

test('whatever is said, no page asks anything, goes anywhere, or runs what was written', async ({
  natter,
  person,
  client,
}) => {
  const bob = await client('Bob')
  const page = await person('Ann')
  const seen = watch(page, natter.url)
  const cookies = await page.context().cookies()
  const ann = await connectAs(natter.url, cookies.map(({ name, value }) => `${name}=${value}`).join('; '))
  const { figures, rooms } = await sayEverywhere(bob, ann, natter.url)

  for (const [name, count] of rooms) {
    await room(page, name).click()
    await expect(list(page).locator('[data-seq]')).toHaveCount(count)
  }
  await page.getByRole('button', { name: 'People and topic' }).click()
  await expect(page.getByRole('complementary')).toBeVisible()
  await room(page, 'Room 0').click()
  await page.getByRole('button', { name: 'People and topic' }).click()
  await expect(page.getByRole('list', { name: 'Pinned messages' }).getByRole('link').first()).toBeVisible()
  for (const [address, name] of [
    ['/saved', /./],
    ['/search?q=alert', /alert/],
  ] as const) {
    await page.goto(natter.url + address)
    await expect(page.getByRole('main').getByRole('link', { name }).first()).toBeVisible()
  }
  ann.close()

  const sum = (of: 'refused' | 'taken') => Object.values(figures).reduce((all, figure) => all + figure[of], 0)
  const places = Object.keys(figures).length
  console.log(JSON.stringify({ payloads: texts.length, places, refused: sum('refused'), shown: sum('taken') }))
  expect(seen).toEqual([])
  expect([...rooms.values()].reduce((all, count) => all + count, 0)).toBeGreaterThan(300)
  // What is too long, and what has a sign in it that cannot be kept.
  expect(figures['message']?.refused).toBeGreaterThanOrEqual(3)
})
