import { expect, it, vi } from 'vitest'
import { draftOf, hear, inhabit, refusal, roomOf, type OpenStore } from './setting.ts'

export function audit(open: OpenStore): void {
  it('notes what those do who look after the place: who, what, to whom and where; and nothing that people wrote', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    const kitchen = await roomOf(store, bob)
    const { seq } = await store.messages.append(draftOf(lobby, bob, 'canary'))
    const until = Date.now() + 60_000
    await store.people.setRole(bob.id, 'guest', ann.id)
    await store.place.change({ name: 'Fernhill' }, ann.id)
    const { invite } = await store.invites.create({
      role: 'member',
      roomIds: [],
      uses: 1,
      expiresAt: null,
      createdBy: ann.id,
    })
    for (const _ of [1, 2]) await store.invites.revoke(invite.id, ann.id)
    await store.rooms.rename(kitchen, 'Big kitchen', ann.id)
    await store.rooms.leave(kitchen, bob.id, ann.id)
    await store.messages.remove({ roomId: lobby, seq, by: ann.id })
    await store.moderation.mute({ personId: bob.id, roomId: lobby, until, by: ann.id })
    await store.moderation.unmute({ personId: bob.id, roomId: lobby, by: ann.id })
    await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
    await store.moderation.ban({ personId: bob.id, by: ann.id })
    await store.moderation.lift(bob.id, ann.id)
    await store.people.remove(bob.id, ann.id)

    const later = await reopen()
    const { entries, rooms, next } = await later.audit.list({ reader: ann.id, limit: 50 })
    const told = entries
      .toReversed()
      .map(({ action, personId, roomId, details }) => [action, personId, roomId, details])
    const purge = expect.any(String)
    expect(told).toEqual([
      ['people:role', bob.id, null, { from: 'member', to: 'guest' }],
      ['place:change', null, null, { what: 'name', from: 'Natter', to: 'Fernhill' }],
      ['invite:create', null, null, { invite: invite.id, role: 'member', uses: 1, until: null }],
      ['invite:revoke', null, null, { invite: invite.id }],
      ['room:rename', null, kitchen, { from: 'Kitchen', to: 'Big kitchen' }],
      ['room:remove', bob.id, kitchen, {}],
      ['message:delete', bob.id, lobby, { seq }],
      ['moderation:mute', bob.id, lobby, { until }],
      ['moderation:unmute', bob.id, lobby, {}],
      ['moderation:purge', bob.id, null, { since: 0, purge }],
      ['moderation:ban', bob.id, null, { addressUntil: null }],
      ['moderation:lift', bob.id, null, {}],
      ['people:remove', bob.id, null, {}],
    ])
    expect(entries.every(({ by }) => by === ann.id)).toBe(true)
    expect(rooms).toEqual({ [lobby]: 'Lobby', [kitchen]: 'Big kitchen' })
    expect(next).toBeNull()
    expect(JSON.stringify(entries)).not.toContain('canary')
  })

  it('notes nothing of what was refused, nor of what people do with what is theirs', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    await expect(store.moderation.ban({ personId: ann.id, by: bob.id })).rejects.toEqual(refusal('forbidden'))
    await expect(store.people.setRole(ann.id, 'member', bob.id)).rejects.toEqual(refusal('forbidden'))
    const { seq } = await store.messages.append(draftOf(lobby, bob))
    await store.messages.remove({ roomId: lobby, seq, by: bob.id })
    await store.rooms.leave(await roomOf(store, bob), bob.id, bob.id)
    expect((await store.audit.list({ reader: ann.id, limit: 50 })).entries).toEqual([])
  })

  it('tells nobody of private rooms that they are not in', async () => {
    const { store, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const { room } = await store.rooms.create({ name: 'Secret', topic: '', personId: bob.id, isPrivate: true })
    await store.rooms.add(room.id, cleo.id)
    await store.rooms.rename(room.id, 'More secret', bob.id)
    await store.rooms.leave(room.id, cleo.id, bob.id)
    expect(await store.audit.list({ reader: ann.id, limit: 50 })).toEqual({ entries: [], rooms: {}, next: null })
    expect((await store.audit.list({ reader: bob.id, limit: 50 })).entries).toHaveLength(2)
  })

  it('keeps what was done in a room that is deleted: of a public one for all to read, of a private one only that it was', async () => {
    const { store, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const { room: shed } = await store.rooms.create({ name: 'Shed', topic: '', personId: bob.id, isPrivate: true })
    const kitchen = await roomOf(store, bob)
    for (const roomId of [kitchen, shed.id]) {
      const { seq } = await store.messages.append(draftOf(roomId, bob))
      await store.reports.make({ roomId, seq, reporterId: cleo.id, reason: '' })
      await store.rooms.setWriting({ roomId, slowMode: 30, by: bob.id })
      for (const _ of [1, 2]) await store.rooms.archive(roomId, true, bob.id)
    }
    const commits = hear(store)
    for (const roomId of [kitchen, shed.id]) await store.rooms.remove(roomId, bob.id)
    expect(commits.map(({ reported }) => reported)).toEqual([true, true])
    expect(await store.reports.count(ann.id)).toBe(0)
    await vi.waitFor(async () => {
      const { entries, rooms } = await store.audit.list({ reader: ann.id, limit: 50 })
      expect(entries.map(({ action, roomId, details }) => [action, roomId, details])).toEqual([
        ['room:delete', null, {}],
        ['room:delete', kitchen, { name: 'Kitchen' }],
        ['room:archive', kitchen, { archived: true }],
        ['room:writing', kitchen, { whoWrites: 'everybody', slowMode: 30 }],
      ])
      expect(rooms).toEqual({ [kitchen]: 'Kitchen' })
    })
  })

  it('lists in pages, newest first, and of one person what they did and what was done to them', async () => {
    const { store, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const mute = { roomId: null, until: Date.now() + 60_000 }
    for (let i = 0; i < 3; i++) {
      await store.moderation.mute({ ...mute, personId: bob.id, by: ann.id })
      await store.moderation.mute({ ...mute, personId: ann.id, by: cleo.id })
    }
    const one = await store.audit.list({ reader: ann.id, limit: 4 })
    const two = await store.audit.list({ reader: ann.id, limit: 4, after: one.next ?? 0 })
    const ids = [...one.entries, ...two.entries].map(({ id }) => id)
    expect(ids).toEqual(ids.toSorted((a, b) => b - a))
    expect(new Set(ids).size).toBe(6)
    expect(two.next).toBeNull()
    const of = async (personId: string) => (await store.audit.list({ reader: ann.id, personId, limit: 50 })).entries
    expect(await of(bob.id)).toHaveLength(3)
    expect(await of(ann.id)).toHaveLength(6)
    expect(await of(cleo.id)).toHaveLength(3)
  })
}
