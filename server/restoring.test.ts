import { expect, it, vi } from 'vitest'
import { startServer } from './testing/startServer.ts'

/** A room of Ann’s with Bob in it, and two messages of Bob’s. */
async function kitchenOf() {
  const server = await startServer()
  const [olga, ann, bob, eve] = [
    await server.own('Olga'),
    await server.connect('Ann'),
    await server.connect('Bob'),
    await server.connect('Eve'),
  ]
  const { room } = await ann.ask('room:create', { name: 'Kitchen', private: true })
  const inRoom = { roomId: room.id }
  await ann.ask('room:add', { ...inRoom, personId: bob.hello.me.id })
  const [one, two] = [await bob.say('one', room.id), await bob.say('two', room.id)]
  return { ...server, olga, ann, bob, eve, inRoom, one, two, at: { ...inRoom, seq: one.seq } }
}

const refused = (code: string, message: unknown = expect.any(String)) => ({ ok: false, error: { code, message } })

it('shows what a message said before to those who are in its room, and to nobody else', async () => {
  const { olga, ann, bob, eve, at } = await kitchenOf()
  const { editedAt } = await bob.ask('message:edit', { ...at, body: `<@${bob.hello.me.id}> changed` })
  expect(await ann.ask('message:history', at)).toMatchObject({
    versions: [{ body: `<@${bob.hello.me.id}> changed`, writtenAt: editedAt }, { body: 'one' }],
    people: [{ name: 'Bob' }],
    next: null,
  })
  for (const outsider of [olga, eve])
    expect(await outsider.request('message:history', at)).toMatchObject(refused('not_found', 'No such room.'))
  await bob.ask('message:delete', at)
  expect(await ann.request('message:history', at)).toMatchObject(refused('not_found', 'No such message.'))
  expect(await ann.request('message:history', { ...at, seq: 99 })).toMatchObject(refused('not_found'))
})

it('puts a message back for everybody, for who deleted it alone', async () => {
  const { ann, bob, eve, at, one, two } = await kitchenOf()
  await bob.ask('message:delete', at)
  for (const [who, code] of [
    [eve, 'not_found'],
    [ann, 'not_found'],
  ] as const)
    expect(await who.request('message:restore', at)).toMatchObject(refused(code))
  const restored = await bob.ask('message:restore', at)
  expect(restored).toEqual({ ...one, rev: restored.rev })
  await vi.waitFor(() =>
    expect(
      ann
        .all('events')
        .flatMap(({ changes }) => changes)
        .at(-1),
    ).toEqual({ type: 'message:changed', message: restored }),
  )
  expect(await bob.request('message:restore', at)).toMatchObject(refused('not_found', 'It is too late to put it back.'))

  // Whoever looks after the room does so with what others wrote, and they do not undo it.
  const other = { ...at, seq: two.seq }
  await ann.ask('message:delete', other)
  expect(await bob.request('message:restore', other)).toMatchObject(refused('not_found'))
  expect(await ann.ask('message:restore', other)).toMatchObject({ body: 'two', moderated: false })
})

it('lets nobody change or put back what they wrote where they are not, or may not write, any more', async () => {
  const { ann, bob, inRoom, at, two } = await kitchenOf()
  const other = { ...inRoom, seq: two.seq }
  const personId = bob.hello.me.id
  await bob.ask('message:delete', at)
  const tried = async (code: string) => {
    expect(await bob.request('message:edit', { ...other, body: 'changed' })).toMatchObject(refused(code))
    expect(await bob.request('message:restore', at)).toMatchObject(refused(code))
  }
  await ann.ask('moderation:mute', { ...inRoom, personId, milliseconds: 60_000 })
  await tried('forbidden')
  await ann.ask('moderation:unmute', { ...inRoom, personId })
  await ann.ask('room:archive', { ...inRoom, archived: true })
  await tried('forbidden')
  await ann.ask('room:archive', { ...inRoom, archived: false })
  await ann.ask('room:remove', { ...inRoom, personId })
  await tried('not_found')
  await ann.ask('room:add', { ...inRoom, personId })
  expect(await bob.ask('message:restore', at)).toMatchObject({ body: 'one' })
})

it('notes when somebody who looks after a room puts back what they deleted', async () => {
  const { olga, ann, bob } = await kitchenOf()
  const said = await bob.say('for all')
  const at = { roomId: said.roomId, seq: said.seq }
  await olga.ask('message:delete', at)
  expect(await ann.request('message:restore', at)).toMatchObject(refused('forbidden'))
  await olga.ask('message:restore', at)
  const { entries } = await olga.ask('audit:list', { personId: bob.hello.me.id })
  expect(entries.map(({ action }) => action)).toEqual(['message:restore', 'message:delete'])
})

it('keeps what can be put back over a restart', async () => {
  const { bob, at, restart, connectAs } = await kitchenOf()
  await bob.ask('message:delete', at)
  await restart()
  const again = await connectAs(bob.cookie)
  expect(await again.ask('message:restore', at)).toMatchObject({ body: 'one' })
})
