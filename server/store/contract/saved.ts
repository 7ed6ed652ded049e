import { expect, it } from 'vitest'
import { SAVED } from '../../../protocol/limits.ts'
import { draftOf, hear, inhabit, range, refusal, sayMany, seqsOf, type OpenStore } from './setting.ts'

export function saved(open: OpenStore): void {
  async function setting() {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const set = (seq: number, on = true) => store.saved.set({ personId: bob.id, roomId: lobby, seq, on })
    const list = async (personId = bob.id) => seqsOf((await store.saved.list({ personId, limit: 10 })).messages)
    return { store, reopen, lobby, ann, bob, set, list }
  }

  it('keeps a message for one person alone, tells it to them once, and has it after a restart', async () => {
    const { store, reopen, lobby, ann, bob, set, list } = await setting()
    const sent = await store.messages.append(draftOf(lobby, ann))
    const commits = hear(store)
    for (const on of [true, true, false, false, true]) await set(sent.seq, on)
    const told = (on: boolean) => ({
      personId: bob.id,
      event: 'saved:changed',
      payload: { roomId: lobby, seq: sent.seq, on },
    })
    expect(commits.flatMap(({ rooms, alone }) => [...rooms, ...alone])).toEqual([told(true), told(false), told(true)])
    expect(await list(ann.id)).toEqual([])
    expect(await (await reopen()).saved.list({ personId: bob.id, limit: 10 })).toEqual({ messages: [sent], next: null })
  })

  it('has nothing of a deleted message, nor of whoever is removed', async () => {
    const { store, lobby, ann, bob, set, list } = await setting()
    const [one, two] = await sayMany(store, lobby, ann, 2)
    for (const message of [one, two]) await set(message?.seq ?? 0)
    await store.messages.remove({ roomId: lobby, seq: one?.seq ?? 0 })
    expect(await list()).toEqual([two?.seq])
    await expect(set(one?.seq ?? 0)).rejects.toEqual(refusal('not_found'))
    await store.people.remove(bob.id)
    expect(await list()).toEqual([])
    await expect(set(two?.seq ?? 0)).rejects.toEqual(refusal('not_found'))
  })

  it('has again what is put back, for everybody who had kept it, in its place, unless they let it go meanwhile', async () => {
    const { store, reopen, lobby, ann, bob, set, list } = await setting()
    await sayMany(store, lobby, ann, 4)
    for (const seq of [2, 1, 3, 4]) await set(seq)
    await store.saved.set({ personId: ann.id, roomId: lobby, seq: 1, on: true })
    const kept = await list()
    for (const seq of [1, 3]) await store.messages.remove({ roomId: lobby, seq, by: ann.id })
    expect(await list(ann.id)).toEqual([])
    await set(3, false)
    const later = await reopen()
    for (const seq of [1, 3]) await later.messages.restore({ roomId: lobby, seq, by: ann.id })
    const purge = await later.moderation.purge({ personId: ann.id, by: bob.id, since: 0, roomId: lobby })
    expect((await later.saved.list({ personId: bob.id, limit: 10 })).messages).toEqual([])
    await later.moderation.undo(purge.id, bob.id)
    const again = async (personId: string) => seqsOf((await later.saved.list({ personId, limit: 10 })).messages)
    expect(await again(bob.id)).toEqual(kept.filter((seq) => seq !== 3))
    expect(await again(ann.id)).toEqual([1])
  })

  it('lists in pages what is kept, up to the limit', async () => {
    const { store, lobby, ann, bob, set } = await setting()
    await sayMany(store, lobby, ann, SAVED + 1)
    await Promise.all(range(1, SAVED).map((seq) => set(seq)))
    await expect(set(SAVED + 1)).rejects.toEqual(refusal('forbidden'))
    await set(SAVED)
    const found: number[] = []
    for (let after: string | undefined; ;) {
      const page = await store.saved.list({ personId: bob.id, after, limit: 300 })
      found.push(...seqsOf(page.messages))
      if (page.next === null) break
      after = page.next
    }
    expect(found.toSorted((a, b) => a - b)).toEqual(range(1, SAVED))
  })
}
