import { expect, it } from 'vitest'
import { Message } from '../../../protocol/messages.ts'
import { catchUp, draftOf, hear, inhabit, packetsOf, refusal, sayMany, seqsOf, type OpenStore } from './setting.ts'

export function edits(open: OpenStore): void {
  /** Three messages by ann in the lobby, of which bob has read none. */
  async function setting() {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const draft = draftOf(lobby, ann, 'secret')
    await sayMany(store, lobby, ann, 1)
    const sent = await store.messages.append(draft)
    await sayMany(store, lobby, ann, 1)
    const head = async () => (await store.rooms.heads([lobby]))[lobby]
    const all = async () => (await store.messages.list({ roomId: lobby, limit: 10 })).messages
    return { store, reopen, lobby, ann, bob, draft, sent, at: { roomId: lobby, seq: sent.seq }, head, all }
  }

  it('gives a message another text in its place, with the room’s next revision, and tells it', async () => {
    const { store, lobby, ann, sent, at, head, all } = await setting()
    const [before, commits] = [await head(), hear(store)]

    const edited = await store.messages.edit({ ...at, body: 'public' })

    const { editedAt } = Message.parse(edited)
    expect(editedAt).toEqual(expect.any(Number))
    expect(edited).toEqual({ ...sent, body: 'public', rev: (before?.rev ?? 0) + 1, editedAt })
    expect(await head()).toEqual({ seq: 3, rev: edited.rev })
    expect((await all())[1]).toEqual(edited)
    expect(packetsOf(commits, lobby)).toEqual([
      {
        roomId: lobby,
        after: before?.rev,
        rev: edited.rev,
        changes: [{ type: 'message:changed', message: edited }],
        people: [ann],
      },
    ])
  })

  it('leaves of a deleted message that it was there, and its text nowhere', async () => {
    const { store, lobby, sent, at, head, all } = await setting()
    const before = await head()
    await store.messages.edit({ ...at, body: 'still secret' })

    const deleted = await store.messages.remove(at)

    expect(Message.parse(deleted)).toEqual({ ...sent, body: '', rev: (before?.rev ?? 0) + 2, deleted: true })
    expect(seqsOf(await all())).toEqual([1, 2, 3])
    const found = [await all(), await store.messages.get(lobby, sent.seq), (await catchUp(store, lobby, 0)).changes]
    expect(JSON.stringify(found)).not.toContain('secret')
  })

  it('changes nothing for the same text again, or a second deletion', async () => {
    const { store, at, head } = await setting()
    const edited = await store.messages.edit({ ...at, body: 'public' })
    const [then, commits] = [await head(), hear(store)]
    expect(await store.messages.edit({ ...at, body: 'public' })).toEqual(edited)
    expect([await head(), commits]).toEqual([then, []])

    const deleted = await store.messages.remove(at)
    const [later, told] = [await head(), commits.length]
    expect(await store.messages.remove(at)).toEqual(deleted)
    expect([await head(), commits.length]).toEqual([later, told])
  })

  it('refuses to change what is not there, and to edit what was deleted', async () => {
    const { store, lobby, at } = await setting()
    for (const other of [
      { roomId: lobby, seq: 4 },
      { roomId: 'nowhere', seq: 1 },
    ]) {
      await expect(store.messages.edit({ ...other, body: 'x' })).rejects.toEqual(refusal('not_found'))
      await expect(store.messages.remove(other)).rejects.toEqual(refusal('not_found'))
    }
    await store.messages.remove(at)
    await expect(store.messages.edit({ ...at, body: 'back again' })).rejects.toEqual(refusal('not_found'))
  })

  it('takes a send that is repeated after an edit or a deletion for the same message still', async () => {
    const { store, reopen, at, draft } = await setting()
    await store.messages.edit({ ...at, body: 'first edit' })
    const edited = await store.messages.edit({ ...at, body: 'second edit' })
    expect(await store.messages.append(draft)).toEqual(edited)
    for (const body of ['first edit', 'second edit'])
      await expect(store.messages.append({ ...draft, body })).rejects.toEqual(refusal('conflict'))

    const deleted = await store.messages.remove(at)
    expect(await (await reopen()).messages.append(draft)).toEqual(deleted)
  })

  it('tells somebody who was away the newest state only, edited and deleted', async () => {
    const { store, lobby, sent, at, head } = await setting()
    const since = (await head())?.rev ?? 0
    await store.messages.edit({ ...at, body: 'first edit' })
    const edited = await store.messages.edit({ ...at, body: 'second edit' })
    const deleted = await store.messages.remove({ roomId: lobby, seq: sent.seq + 1 })
    const { changes, rev } = await catchUp(store, lobby, since)
    expect(changes).toEqual([edited, deleted].map((message) => ({ type: 'message:changed', message })))
    expect(rev).toBe(deleted.rev)
  })

  it('does not count what was deleted as unread, and shows it in no preview', async () => {
    const { store, lobby, bob, at } = await setting()
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ unread: 3 })
    await store.messages.remove(at)
    const newest = await store.messages.edit({ roomId: lobby, seq: 3, body: 'newest' })
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({
      unread: 2,
      last: { seq: 3, rev: newest.rev, text: 'newest', deleted: false },
    })
    const deleted = await store.messages.remove({ roomId: lobby, seq: 3 })
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({
      unread: 1,
      last: { seq: 3, rev: deleted.rev, text: '', deleted: true },
    })
    expect(await store.reads.advance({ roomId: lobby, personId: bob.id, seq: 0 })).toMatchObject({ unread: 1 })
  })
}
