import { expect, it } from 'vitest'
import { PINS } from '../../../protocol/limits.ts'
import { Message } from '../../../protocol/messages.ts'
import { draftOf, hear, inhabit, packetsOf, range, refusal, roomOf, seqsOf, type OpenStore } from './setting.ts'

export function pins(open: OpenStore): void {
  /** A message by ann in the lobby, and how bob pins it. */
  async function setting() {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const say = () => store.messages.append(draftOf(lobby, ann))
    const set = (seq: number, on = true) => store.pins.set({ roomId: lobby, seq, on, by: bob.id })
    const list = () => store.pins.list({ roomId: lobby, limit: 10 })
    return { store, reopen, lobby, ann, bob, say, set, list }
  }

  it('pins a message with the next revision, tells it once, and takes it off again', async () => {
    const { store, reopen, lobby, bob, say, set } = await setting()
    const sent = await say()
    const commits = hear(store)
    const pinned = await set(sent.seq)
    expect(Message.parse(pinned)).toEqual({
      ...sent,
      rev: sent.rev + 1,
      pinned: { by: bob.id, at: expect.any(Number) },
    })
    expect(await set(sent.seq)).toEqual(pinned)
    expect(packetsOf(commits, lobby).flatMap(({ changes }) => changes)).toEqual([
      { type: 'message:changed', message: pinned },
    ])
    expect(await (await reopen()).pins.list({ roomId: lobby, limit: 10 })).toMatchObject({
      messages: [pinned],
      next: null,
    })
  })

  it('takes it off again, once', async () => {
    const { say, set, list } = await setting()
    const sent = await say()
    const pinned = await set(sent.seq)
    const off = await set(sent.seq, false)
    expect(off).toEqual({ ...sent, rev: pinned.rev + 1 })
    expect(await set(sent.seq, false)).toEqual(off)
    expect((await list()).messages).toEqual([])
  })

  it('has a deleted message pinned no more, and again where it was when it is put back', async () => {
    const { store, reopen, lobby, ann, bob, say, set, list } = await setting()
    const sent = [await say(), await say(), await say()]
    const [one, two, gone] = [await set(1), await set(2), await set(3)]
    expect(sent).toHaveLength(3)
    expect(await store.messages.remove({ roomId: lobby, seq: gone.seq })).not.toHaveProperty('pinned')
    expect(await store.messages.remove({ roomId: lobby, seq: one.seq, by: ann.id })).not.toHaveProperty('pinned')
    await expect(set(one.seq)).rejects.toEqual(refusal('not_found'))
    expect((await list()).messages).toEqual([two])
    const later = await reopen()
    const back = await later.messages.restore({ roomId: lobby, seq: one.seq, by: ann.id })
    expect(back).toEqual({ ...one, rev: back.rev })
    const purge = await later.moderation.purge({ personId: ann.id, by: bob.id, since: 0, roomId: lobby })
    await later.moderation.undo(purge.id, bob.id)
    const { messages } = await later.pins.list({ roomId: lobby, limit: 10 })
    expect(messages.map(({ seq, pinned }) => [seq, pinned])).toEqual([two, one].map(({ seq, pinned }) => [seq, pinned]))
  })

  it('puts a message back without its pin where others have taken its place', async () => {
    const { store, lobby, ann, say, set, list } = await setting()
    await Promise.all(range(1, PINS + 1).map(say))
    for (const seq of range(1, PINS)) await set(seq)
    await store.messages.remove({ roomId: lobby, seq: 1, by: ann.id })
    await set(PINS + 1)
    expect(await store.messages.restore({ roomId: lobby, seq: 1, by: ann.id })).not.toHaveProperty('pinned')
    expect(seqsOf((await list()).messages)).not.toContain(1)
  })

  it('lists in pages what was pinned, the last first, up to the limit of a room', async () => {
    const { store, lobby, ann, say, set } = await setting()
    const sent = await Promise.all(range(1, PINS + 1).map(say))
    for (const { seq } of sent.slice(0, PINS)) await set(seq)
    await expect(set(PINS + 1)).rejects.toEqual(refusal('forbidden'))
    expect(await set(1), 'what is pinned already').toHaveProperty('pinned')
    const found: number[] = []
    for (let after: string | undefined; ;) {
      const page = await store.pins.list({ roomId: lobby, after, limit: 30 })
      found.push(...seqsOf(page.messages))
      if (page.next === null) break
      after = page.next
    }
    expect(found).toEqual(range(1, PINS).reverse())
    const kitchen = await roomOf(store, ann)
    expect((await store.pins.list({ roomId: kitchen, after: 'no cursor', limit: 5 })).messages).toEqual([])
  })

  it('is for those who may write in the room', async () => {
    const { store, lobby, ann, bob, say, set } = await setting()
    const { seq } = await say()
    const kitchen = await roomOf(store, ann)
    const there = await store.messages.append(draftOf(kitchen, ann))
    const pinThere = { roomId: kitchen, seq: there.seq, on: true, by: bob.id }
    await expect(store.pins.set(pinThere)).rejects.toEqual(refusal('not_found'))
    await store.rooms.join(kitchen, bob.id)
    await store.rooms.setWriting({ roomId: kitchen, whoWrites: 'managers' })
    await expect(store.pins.set(pinThere)).rejects.toEqual(refusal('forbidden'))
    expect(await store.pins.set({ ...pinThere, by: ann.id, looksAfter: true })).toHaveProperty('pinned')
    await store.moderation.mute({ personId: bob.id, roomId: lobby, until: Date.now() + 60_000, by: ann.id })
    await expect(set(seq)).rejects.toEqual(refusal('forbidden'))
  })
}
