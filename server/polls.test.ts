import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const lunch = { options: ['Soup', 'Cake'], multiple: false }
const ask = (who: Visitor, roomId: string, poll: { options: string[]; multiple: boolean } = lunch) =>
  who.request('message:send', { roomId, key: randomUUID(), body: 'Lunch?', poll })

const newest = (one: Visitor, seq: number) =>
  one
    .all('events')
    .flatMap(({ changes }) => changes)
    .findLast((change) => change.type === 'message:changed' && change.message.seq === seq)

it('tells everybody in the room who votes for what, and counts of everybody only what they wished last', async () => {
  const { connect } = await startServer()
  const [ann, bob] = await Promise.all([connect('Ann'), connect('Bob')])
  const asked = await ask(ann, lobbyOf(ann.hello))
  if (!asked.ok) throw new Error(asked.error.message)
  const { roomId, seq } = asked.data
  await Promise.all([0, 1, 0, 1].map((i) => bob.ask('poll:vote', { roomId, seq, options: [i] })))
  await ann.ask('poll:vote', { roomId, seq, options: [0] })
  const votes = [[ann.hello.me.id], [bob.hello.me.id]]
  for (const one of [ann, bob])
    await vi.waitFor(() => expect(newest(one, seq)).toMatchObject({ message: { poll: { ...lunch, votes } } }))
})

it('takes questions with two to ten answers that differ, and nothing else', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const many = (n: number) => Array.from({ length: n }, (_, i) => `${i}`)
  for (const options of [many(2), many(10), ['x'.repeat(100), 'y']])
    expect(await ask(ann, lobbyOf(ann.hello), { options, multiple: true })).toMatchObject({ ok: true })
  for (const options of [many(1), many(11), ['x', 'x'], ['x', ' '], ['x'.repeat(101), 'y'], ['x', 'y\0']])
    expect(await ask(ann, lobbyOf(ann.hello), { options, multiple: true })).toMatchObject({
      error: { code: 'invalid' },
    })
})

it('lets who asked close it, and who looks after the room, and nobody else', async () => {
  const { own, connect } = await startServer()
  const [ada, ann, bob] = [await own('Ada'), await connect('Ann'), await connect('Bob')]
  for (const closer of [ann, ada]) {
    const asked = await ask(ann, lobbyOf(ann.hello))
    if (!asked.ok) throw new Error(asked.error.message)
    const at = { roomId: asked.data.roomId, seq: asked.data.seq }
    expect(await bob.request('poll:close', at)).toMatchObject({ error: { code: 'forbidden' } })
    expect((await closer.ask('poll:close', at)).poll?.closed?.by).toBe(closer.hello.me.id)
    expect(await bob.request('poll:vote', { ...at, options: [0] })).toMatchObject({
      error: { code: 'forbidden', message: 'This poll is closed.' },
    })
  }
})

it('asks whoever votes very fast to wait, and says for how long', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const asked = await ask(ann, lobbyOf(ann.hello))
  const seq = asked.ok ? asked.data.seq : 0
  const answers = await Promise.all(
    Array.from({ length: 70 }, (_, i) =>
      ann.request('poll:vote', { roomId: lobbyOf(ann.hello), seq, options: [i % 2] }),
    ),
  )
  expect(answers.filter((answer) => !answer.ok)).toHaveLength(10)
})
