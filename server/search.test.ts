import { expect, it } from 'vitest'
import { SEARCH_LENGTH } from '../protocol/limits.ts'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('finds what one may read, and of other rooms the same as of none', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { room } = await bob.ask('room:create', { name: 'Secret garden', private: true })
  await bob.say('quetzal one', room.id)
  const said = await bob.say('quetzal two')
  expect(await ann.ask('search:messages', { query: 'QUETZ' })).toEqual({
    hits: [{ message: said, marks: [[0, 7]] }],
    people: [expect.objectContaining({ id: bob.hello.me.id })],
    next: null,
    all: true,
  })
  const unseen = await ann.request('search:messages', { query: 'in:"Secret garden" quetzal' })
  expect(unseen).toEqual(await ann.request('search:messages', { query: 'in:nowhere quetzal' }))
  expect((await bob.ask('search:messages', { query: 'in:garden' })).hits).toHaveLength(1)
})

it('finds nothing any more from the moment that somebody is taken out of a room', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { room } = await bob.ask('room:create', { name: 'Kitchen', private: true })
  await bob.ask('room:add', { roomId: room.id, personId: ann.hello.me.id })
  await bob.say('quetzal', room.id)
  const search = () => ann.ask('search:messages', { query: 'quetzal', limit: 1 })
  expect((await search()).hits).toHaveLength(1)
  await bob.ask('room:remove', { roomId: room.id, personId: ann.hello.me.id })
  expect((await search()).hits).toEqual([])
})

it('tells by where a page ends nothing of rooms that one does not see, nor goes on from there', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { room } = await bob.ask('room:create', { name: 'Secret garden', private: true })
  const said = [await ann.say('quetzal one'), await ann.say('quetzal two'), await ann.say('quetzal three')]
  for (const order of ['newest', 'best'] as const) {
    const find = (after?: string) => ann.ask('search:messages', { query: 'quetzal', order, limit: 1, after })
    const { next } = await find()
    const unseen = await bob.say('quetzal', room.id)
    expect((await find()).next).toBe(next)
    const beside = (text: string) => expect.objectContaining({ text })
    const [before, after] = [beside('quetzal one'), beside('quetzal three')]
    expect((await find(next ?? '')).hits).toEqual([{ message: said[1], marks: [[0, 7]], before, after }])
    const there = next?.replace(/ \d+ \S+$/, ` ${unseen.seq} ${room.id}`)
    expect((await find(there)).hits).toEqual([{ message: said[2], marks: [[0, 7]], before: beside('quetzal two') }])
  }
})

it('takes any query, as long as it is short and text', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  await ann.say('plain words')
  const strange = [
    '"',
    '*',
    'a* OR b*',
    'NEAR(a b, 2)',
    'terms: x',
    '^a - b',
    "') --",
    '\u202e',
    '\ue000616e6e',
    '(((',
    '"" ""',
  ]
  for (const query of strange)
    expect(await ann.ask('search:messages', { query })).toMatchObject({ hits: [], next: null })
  for (const after of ['', 'n', 'n -1', 'b 1', 'x'.repeat(64)])
    expect((await ann.ask('search:messages', { query: 'plain', after })).hits).toHaveLength(1)
  const wrong = [
    { query: 'a\0b' },
    { query: '\ud800' },
    { query: 'x'.repeat(SEARCH_LENGTH + 1) },
    { query: 'x', limit: 51 },
    { query: 'x', after: 'x'.repeat(65) },
    { query: 'x', zone: '+02:00' },
  ]
  for (const input of wrong)
    expect(await ann.request('search:messages', input)).toMatchObject({ ok: false, error: { code: 'invalid' } })
})

it('bounds how often somebody searches, and lets them write on', async () => {
  const { connect } = await startServer()
  const ann = await connect('Ann')
  const answers = await Promise.all(Array.from({ length: 200 }, () => ann.request('search:messages', { query: 'x' })))
  expect(answers.filter((one) => !one.ok).map((one) => !one.ok && one.error.code)).toContain('rate_limited')
  expect(await ann.say('still here')).toMatchObject({ body: 'still here' })
})

it('leads to the first message since a time, in rooms that one sees', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const roomId = lobbyOf(ann.hello)
  await ann.say('one')
  await ann.say('two')
  expect(await ann.ask('message:at', { roomId, time: 0 })).toEqual({ seq: 1 })
  expect(await ann.ask('message:at', { roomId, time: Date.now() + 60_000 })).toEqual({ seq: null })
  const { room } = await bob.ask('room:create', { name: 'Secret', private: true })
  await expect(ann.ask('message:at', { roomId: room.id, time: 0 })).rejects.toThrow('not_found')
})
