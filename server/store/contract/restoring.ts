import { expect, it } from 'vitest'
import { draftOf, hear, inhabit, packetsOf, refusal, roomOf, type OpenStore } from './setting.ts'

export function restoring(open: OpenStore): void {
  /** Bob has written to Ann, and changed it once. */
  async function setting() {
    const { store, reopen, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const roomId = await roomOf(store, cleo)
    for (const { id } of [ann, bob]) await store.rooms.add(roomId, id)
    const draft = draftOf(roomId, bob, 'for ann')
    const { seq } = await store.messages.append(draft)
    const at = { roomId, seq }
    const edited = await store.messages.edit({ ...at, body: `for <@${ann.id}>` })
    return { store, reopen, roomId, ann, bob, cleo, draft, at, edited }
  }

  it('puts back what somebody has just deleted, as it was, with the room’s next revision, and tells it', async () => {
    const { store, roomId, ann, bob, at, edited, draft } = await setting()
    const deleted = await store.messages.remove({ ...at, by: bob.id })
    const commits = hear(store)
    const restored = await store.messages.restore({ ...at, by: bob.id })
    expect(restored).toEqual({ ...edited, rev: deleted.rev + 1 })
    expect(await store.messages.get(roomId, at.seq)).toEqual(restored)
    expect(packetsOf(commits, roomId)).toMatchObject([{ changes: [{ type: 'message:changed', message: restored }] }])
    const forAnn = await store.forYou.list({ personId: ann.id, limit: 10 })
    expect(forAnn.messages.map(({ seq }) => seq)).toEqual([at.seq])
    // It still stands for the text that it was sent with.
    expect(await store.messages.append(draft)).toEqual(restored)
  })

  it('puts it back for who deleted it alone, once, and after the store was closed in between', async () => {
    const { store, reopen, ann, bob, at } = await setting()
    await expect(store.messages.restore({ ...at, by: bob.id })).rejects.toEqual(refusal('not_found'))
    await store.messages.remove({ ...at, by: ann.id })
    // Deleting twice is deleting once.
    await store.messages.remove({ ...at, by: ann.id })
    await expect(store.messages.restore({ ...at, by: bob.id })).rejects.toEqual(refusal('not_found'))
    const later = await reopen()
    expect(await later.messages.restore({ ...at, by: ann.id })).toMatchObject({ deleted: false, moderated: false })
    await expect(later.messages.restore({ ...at, by: ann.id })).rejects.toEqual(refusal('not_found'))
    await expect(later.messages.restore({ ...at, seq: 9, by: ann.id })).rejects.toEqual(refusal('not_found'))
  })

  it('mentions of those whom it mentioned who are still in the room', async () => {
    const { store, roomId, ann, bob, at } = await setting()
    await store.messages.remove({ ...at, by: bob.id })
    await store.rooms.leave(roomId, ann.id)
    expect((await store.messages.restore({ ...at, by: bob.id })).mentions).toBeUndefined()
  })

  it('lets nobody write by that who may not write there any more, and undo all the same what they did to others', async () => {
    const { store, roomId, ann, bob, cleo, at } = await setting()
    const mine = await store.messages.append(draftOf(roomId, ann))
    const more = [
      await store.messages.append(draftOf(roomId, bob)),
      await store.messages.append(draftOf(roomId, bob)),
      await store.messages.append(draftOf(roomId, bob)),
    ]
    for (const { seq } of [at, ...more.slice(0, 2)]) await store.messages.remove({ roomId, seq, by: bob.id })
    await store.messages.remove({ roomId, seq: mine.seq, by: cleo.id })
    await store.messages.remove({ roomId, seq: more[2]?.seq ?? 0, by: cleo.id })
    const restore = (seq: number | undefined, by: string) => store.messages.restore({ roomId, seq: seq ?? 0, by })

    await store.moderation.mute({ personId: bob.id, roomId, until: Date.now() + 60_000, by: ann.id })
    await expect(restore(at.seq, bob.id)).rejects.toEqual(refusal('forbidden'))
    await store.moderation.unmute({ personId: bob.id, roomId, by: ann.id })
    await store.rooms.setWriting({ roomId, whoWrites: 'managers' })
    await expect(restore(at.seq, bob.id)).rejects.toEqual(refusal('forbidden'))
    expect(await store.messages.restore({ ...at, by: bob.id, looksAfter: true })).toMatchObject({ deleted: false })
    await store.rooms.archive(roomId, true)
    await expect(restore(more[0]?.seq, bob.id)).rejects.toEqual(refusal('forbidden'))
    expect(await restore(mine.seq, cleo.id)).toMatchObject({ deleted: false, moderated: false })
    await store.rooms.archive(roomId, false)
    await store.rooms.setWriting({ roomId, whoWrites: 'everybody' })
    await store.rooms.leave(roomId, bob.id)
    await expect(restore(more[1]?.seq, bob.id)).rejects.toEqual(refusal('not_found'))
    // What is refused is there still, for when it is allowed.
    await store.rooms.add(roomId, bob.id)
    expect(await restore(more[1]?.seq, bob.id)).toMatchObject({ deleted: false })
  })

  it('puts nothing back that somebody else wants gone as well: this one, or all that its author wrote', async () => {
    const { store, roomId, ann, bob, at } = await setting()
    const other = await store.messages.append(draftOf(roomId, bob))
    await store.messages.remove({ ...at, by: bob.id })
    await store.messages.remove({ ...at, by: ann.id })
    await expect(store.messages.restore({ ...at, by: bob.id })).rejects.toEqual(refusal('not_found'))
    await store.messages.remove({ roomId, seq: other.seq, by: bob.id })
    await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId })
    await expect(store.messages.restore({ roomId, seq: other.seq, by: bob.id })).rejects.toEqual(refusal('not_found'))
  })

  it('puts nothing back into a room that is deleted', async () => {
    const { store, bob } = await setting()
    const { room } = await store.rooms.create({ name: 'Cellar', topic: '', personId: bob.id })
    const { seq } = await store.messages.append(draftOf(room.id, bob))
    await store.messages.remove({ roomId: room.id, seq, by: bob.id })
    await store.rooms.remove(room.id, bob.id)
    await expect(store.messages.restore({ roomId: room.id, seq, by: bob.id })).rejects.toEqual(refusal('not_found'))
  })
}
