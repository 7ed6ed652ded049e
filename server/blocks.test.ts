import { setTimeout as after } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('tells all of one’s own devices whom one has blocked and what is unread then, and nobody else', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const tablet = await connectAs(ann.cookie)
  const [bobId, lobby] = [bob.hello.me.id, lobbyOf(ann.hello)]
  await bob.say('hello')
  await vi.waitFor(() => expect(bob.all('moderation:changed')).toHaveLength(1))
  const heard = () => bob.heard.filter(({ event }) => !event.startsWith('presence:'))
  const before = heard()
  await ann.ask('block:set', { personId: bobId, blocked: true })
  await expect(ann.ask('block:set', { personId: ann.hello.me.id, blocked: true })).rejects.toThrow('invalid')
  for (const device of [ann, tablet]) {
    await vi.waitFor(() => expect(device.all('moderation:changed').at(-1)).toMatchObject({ blocked: [bobId] }))
    await vi.waitFor(() => expect(device.all('read:advanced').at(-1)).toMatchObject({ roomId: lobby, unread: 0 }))
  }
  const later = await connectAs(ann.cookie)
  await vi.waitFor(() => expect(later.all('moderation:changed')).toMatchObject([{ blocked: [bobId] }]))
  expect(heard()).toEqual(before)
})

it('lets nobody begin a conversation of two with who has blocked them, and does not say why', async () => {
  const { connect } = await startServer()
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  const annId = ann.hello.me.id
  const { room } = await cleo.ask('room:direct', { personId: annId })
  for (const { hello } of [bob, cleo]) await ann.ask('block:set', { personId: hello.me.id, blocked: true })
  const theirs = await bob.request('room:direct', { personId: annId })
  const mine = await ann.request('room:direct', { personId: bob.hello.me.id })
  expect(theirs).toMatchObject({ ok: false, error: { code: 'forbidden' } })
  expect(theirs).toEqual(mine)
  expect(JSON.stringify(theirs)).not.toMatch(/block/i)
  expect(ann.all('room:joined').map((one) => one.mine.room.id)).toEqual([room.id])
  // The one there was is still theirs.
  expect((await cleo.ask('room:direct', { personId: annId })).room.id).toBe(room.id)
  await ann.ask('block:set', { personId: bob.hello.me.id, blocked: false })
  expect(await bob.ask('room:direct', { personId: annId })).toMatchObject({ room: { kind: 'direct' } })
})

it('tells nobody that somebody is writing whom they have blocked', async () => {
  const { connect } = await startServer()
  const [ann, bob, cleo] = [await connect('Ann'), await connect('Bob'), await connect('Cleo')]
  await ann.ask('block:set', { personId: bob.hello.me.id, blocked: true })
  await bob.ask('typing:set', { roomId: lobbyOf(bob.hello), typing: true })
  await vi.waitFor(() => expect(cleo.all('typing:changed')).toHaveLength(1))
  await after(20)
  expect(ann.all('typing:changed')).toEqual([])
})
