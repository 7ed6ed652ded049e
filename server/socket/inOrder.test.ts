import { randomUUID } from 'node:crypto'
import { expect, it, vi } from 'vitest'
import { slowStore } from '../testing/slowStore.ts'
import { lobbyOf, startServer, type Visitor } from '../testing/startServer.ts'

const draft = ({ hello }: Visitor, body: string) => ({ roomId: lobbyOf(hello), key: randomUUID(), body })

it('stores what one connection says in the order in which it said it, whatever has to be looked up for each', async () => {
  const { store, hold } = await slowStore()
  const { connect } = await startServer({}, { store })
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const { asked, letGo } = hold('members')
  const called = ann.ask('message:send', draft(ann, '<@room>, first'))
  await asked
  const after = ['second', 'third'].map((body) => ann.ask('message:send', draft(ann, body)))
  // Nobody else waits for her.
  expect(await bob.say('of somebody else')).toMatchObject({ seq: 1 })
  letGo()
  expect(await Promise.all([called, ...after])).toMatchObject([{ seq: 2 }, { seq: 3 }, { seq: 4 }])
})

it('goes on after what is refused', async () => {
  const { store, hold } = await slowStore()
  const { connect } = await startServer({}, { store })
  const ann = await connect('Ann')
  const { asked, letGo } = hold('members')
  const called = ann.ask('message:send', draft(ann, '<@room>, first'))
  await asked
  const refused = ann.request('message:edit', { roomId: lobbyOf(ann.hello), seq: 7, body: 'There is none.' })
  const after = ann.say('second')
  letGo()
  expect(await Promise.all([called, refused, after])).toMatchObject([
    { seq: 1 },
    { error: { code: 'not_found' } },
    { seq: 2 },
  ])
})

it('tells that somebody has stopped after it told that they write', async () => {
  const { store, hold } = await slowStore()
  const { connect } = await startServer({}, { store })
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  const { asked, letGo } = hold('settings')
  const roomId = lobbyOf(ann.hello)
  const writes = ann.ask('typing:set', { roomId, typing: true })
  await asked
  const stops = ann.ask('typing:set', { roomId, typing: false })
  // What does not wait is answered before this is.
  await ann.ask('room:list', {})
  letGo()
  await Promise.all([writes, stops])
  await cleo.ask('typing:set', { roomId, typing: true })
  const toldOf = ({ hello }: Visitor) => bob.all('typing:changed').filter(({ personId }) => personId === hello.me.id)
  await vi.waitFor(() => expect(toldOf(cleo)).toHaveLength(1))
  expect(toldOf(ann).at(-1)).toMatchObject({ typing: false })
})
