import { expect, it, vi } from 'vitest'
import { startServer, type Visitor } from './testing/startServer.ts'

const newest = (one: Visitor, seq: number) =>
  one
    .all('events')
    .flatMap(({ changes }) => changes)
    .findLast((change) => change.type === 'message:changed' && change.message.seq === seq)

it('tells everybody in the room, and makes of two people with one emoji at once one kind of two', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { roomId, seq } = await ann.say('cake')
  const cake = { roomId, seq, emoji: '🎂' }
  await Promise.all([ann, bob].map((one) => one.ask('reaction:set', { ...cake, on: true })))
  const by = expect.toSatisfy((ids: string[]) => new Set(ids).size === 2)
  for (const one of [ann, bob])
    await vi.waitFor(() => expect(newest(one, seq)).toMatchObject({ message: { reactions: [{ emoji: '🎂', by }] } }))
  // Of one person in two places the last wish counts.
  await ann.ask('reaction:set', { ...cake, on: true })
  const { reactions } = await ann.ask('reaction:set', { ...cake, on: false })
  expect(reactions).toEqual([{ emoji: '🎂', by: [bob.hello.me.id] }])
})

it('takes any emoji, and nothing else', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const { roomId, seq } = await ann.say('cake')
  const set = (emoji: string) => ann.request('reaction:set', { roomId, seq, emoji, on: true })
  for (const emoji of ['🎂', '👍🏿', '👩‍👩‍👧‍👦', '🏴󠁧󠁢󠁷󠁬󠁳󠁿', '❤️', '1️⃣']) expect(await set(emoji)).toMatchObject({ ok: true })
  for (const emoji of ['', 'x', '🎂🎂', ':cake:', '1', '<img>', '🎂'.repeat(40)])
    expect(await set(emoji)).toMatchObject({ ok: false, error: { code: 'invalid' } })
})

it('asks whoever clicks very fast to wait, and says for how long', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const { roomId, seq } = await ann.say('cake')
  const answers = await Promise.all(
    Array.from({ length: 70 }, (_, i) => ann.request('reaction:set', { roomId, seq, emoji: '🎂', on: i % 2 === 0 })),
  )
  const refused = answers.filter((answer) => !answer.ok)
  expect(refused).toHaveLength(10)
  expect(refused[0]?.error).toMatchObject({ code: 'rate_limited', retryAfter: expect.any(Number) })
})

it('speaks of a room that one is not in as of none', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const { room } = await ann.ask('room:create', { name: 'Kitchen' })
  const { seq } = await ann.say('cake', room.id)
  const set = (roomId: string) => bob.request('reaction:set', { roomId, seq, emoji: '🎂', on: true })
  expect(await set(room.id)).toEqual(await set('nowhere'))
})
