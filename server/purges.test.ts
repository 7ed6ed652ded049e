import { setTimeout as after } from 'node:timers/promises'
import { expect, it, vi } from 'vitest'
import { idOf, inhabit } from './testing/looksAfter.ts'

/** Hundreds of messages, on a busy machine. Milliseconds. */
const PATIENCE = 15_000

it('deletes what somebody wrote at once, in the rooms one may see, and puts all of it back', async () => {
  const { olga, ann, bob, lobby } = await inhabit({ LIMIT_MESSAGES: '100000' })
  const { room } = await bob.ask('room:create', { name: 'Hidden', private: true })
  await Promise.all(Array.from({ length: 300 }, (_, i) => bob.say(`spam ${i}`)))
  await bob.say('hidden', room.id)
  const began = await ann.ask('moderation:purge', { personId: idOf(bob), within: 'day' })
  const state = async () => (await ann.ask('moderation:about', { personId: idOf(bob) })).purges[0]
  await vi.waitFor(
    async () => expect(await state()).toMatchObject({ id: began.id, state: 'deleted', done: 300 }),
    PATIENCE,
  )
  const page = async (roomId: string) => (await bob.ask('message:list', { roomId, limit: 100 })).messages
  expect((await page(lobby)).every(({ deleted, body }) => deleted && body === '')).toBe(true)
  expect(await page(room.id)).toMatchObject([{ body: 'hidden' }])
  await vi.waitFor(() => {
    const deleted = olga
      .all('events')
      .flatMap(({ changes }) => changes)
      .filter((change) => change.type === 'message:changed' && change.message.deleted)
    expect(deleted).toHaveLength(300)
  }, PATIENCE)
  await expect(bob.ask('moderation:undo', { id: began.id })).rejects.toThrow('forbidden')
  await expect(ann.ask('moderation:undo', { id: 'none' })).rejects.toThrow('not_found')
  await ann.ask('moderation:undo', { id: began.id })
  await vi.waitFor(async () => expect(await state()).toMatchObject({ state: 'restored', done: 300 }), PATIENCE)
  expect((await page(lobby)).every(({ body }) => body.startsWith('spam'))).toBe(true)
})

it('goes on after a restart with what was not whole', async () => {
  const { ann, bob, lobby, store, restart, connectAs } = await inhabit({ LIMIT_MESSAGES: '100000' })
  await Promise.all(Array.from({ length: 450 }, (_, i) => bob.say(`spam ${i}`)))
  // Nobody goes on with it here: as if the server had ended right after the first piece.
  await store.moderation.purge({ personId: idOf(bob), by: idOf(ann), since: 0, roomId: lobby })
  await restart()
  const again = await connectAs(ann.cookie)
  await vi.waitFor(
    async () =>
      expect((await again.ask('moderation:about', { personId: idOf(bob) })).purges).toMatchObject([
        { state: 'deleted', done: 450 },
      ]),
    PATIENCE,
  )
})

for (const transport of ['websocket', 'polling'] as const) {
  it(`tells whoever is banned while others talk nothing that came after it, over ${transport} and on resume`, async () => {
    const { olga, ann, bob, connectAs } = await inhabit({ LIMIT_MESSAGES: '100000' })
    const victim = await connectAs(bob.cookie, {}, transport)
    let talking = true
    const talk = (async () => {
      while (talking) await Promise.all([...Array.from({ length: 10 }, () => ann.say('on and on')), after(10)])
    })()
    const heard = () => victim.all('events').flatMap(({ rev }) => rev)
    await vi.waitFor(() => expect(heard().length).toBeGreaterThan(5))
    await olga.ask('moderation:ban', { personId: idOf(victim) })
    await vi.waitFor(() => expect(victim.socket.connected).toBe(false))
    await ann.say('long after')
    talking = false
    await talk
    const left = olga
      .all('events')
      .flatMap(({ changes }) => changes)
      .find(
        (change) => change.type === 'member:changed' && change.member.personId === idOf(bob) && !change.member.present,
      )
    const at = left?.type === 'member:changed' ? left.member.rev : 0
    expect(at).toBeGreaterThan(0)
    expect(Math.max(...heard())).toBeLessThan(at)
    await expect(connectAs(bob.cookie, {}, transport)).rejects.toThrow('unauthorized')
  })
}
