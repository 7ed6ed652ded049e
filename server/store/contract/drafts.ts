import { expect, it } from 'vitest'
import { DRAFTS, MESSAGE_LENGTH, PAGE_TEXT } from '../../../protocol/limits.ts'
import { hear, inhabit, range, refusal, roomOf, type OpenStore } from './setting.ts'

export function drafts(open: OpenStore): void {
  async function setting() {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const set = (text: string, where: { roomId?: string; thread?: number; replyTo?: number } = {}) =>
      store.drafts.set({ roomId: lobby, ...where, text, personId: bob.id })
    const list = async (personId = bob.id) => (await store.drafts.list({ personId, after: 0, limit: DRAFTS })).drafts
    return { store, reopen, lobby, ann, bob, set, list }
  }

  it('keeps what somebody is writing by room and thread, for them alone, and over a restart', async () => {
    const { store, reopen, lobby, ann, bob, set, list } = await setting()
    const commits = hear(store)
    await set('to the room', { replyTo: 3 })
    await set('to a thread', { thread: 2 })
    const kept = [
      { roomId: lobby, text: 'to the room', replyTo: 3, rev: 1 },
      { roomId: lobby, thread: 2, text: 'to a thread', rev: 2 },
    ]
    expect(await list()).toEqual(kept)
    expect(await list(ann.id)).toEqual([])
    expect(commits).toEqual([])
    const page = { personId: bob.id, after: 0, limit: 1 }
    expect(await (await reopen()).drafts.list(page)).toEqual({ drafts: [kept[0]], next: 1 })
  })

  it('has the newest text of each place with the largest revision, and nothing of one that is over', async () => {
    const { set, list } = await setting()
    expect(await set('a')).toEqual({ rev: 1 })
    expect(await set('b')).toEqual({ rev: 2 })
    expect(await set('b')).toEqual({ rev: 2 })
    expect(await set('b', { replyTo: 1 })).toEqual({ rev: 3 })
    expect(await list()).toMatchObject([{ text: 'b', replyTo: 1, rev: 3 }])
    expect(await set('')).toEqual({ rev: 4 })
    await set('')
    expect(await list()).toEqual([])
    // A revision is never given twice.
    expect(await set('c')).toEqual({ rev: 5 })
  })

  it('has no draft any more that was sent, in the same act, and keeps every other', async () => {
    const { store, lobby, ann, bob, set, list } = await setting()
    await set('come to #kitchen, @ANN')
    await set('another', { thread: 1 })
    const commits = hear(store)
    const send = (body: string) =>
      store.messages.append({ roomId: lobby, authorId: bob.id, key: crypto.randomUUID(), body })
    await send('something else')
    expect(await list()).toHaveLength(2)
    await send(`come to [#Kitchen](/r/k1), <@${ann.id}>`)
    expect(await list()).toMatchObject([{ text: 'another', thread: 1 }])
    const draft = { roomId: lobby, text: '', rev: 3 }
    expect(commits.flatMap(({ alone }) => alone.filter(({ event }) => event === 'draft:changed'))).toEqual([
      { personId: bob.id, event: 'draft:changed', payload: draft },
    ])
  })

  it('forgets when somebody leaves the room, with the room, and with whoever is removed', async () => {
    const { store, lobby, ann, bob, set, list } = await setting()
    const [kitchen, cellar] = [await roomOf(store, ann), await roomOf(store, ann, 'Cellar')]
    for (const roomId of [kitchen, cellar]) {
      await expect(set('not in it', { roomId })).rejects.toEqual(refusal('not_found'))
      await store.rooms.join(roomId, bob.id)
      await set('in it', { roomId })
    }
    await set('in the lobby')
    await store.rooms.leave(kitchen, bob.id)
    await store.rooms.join(kitchen, bob.id)
    await store.rooms.remove(cellar)
    expect(await list()).toMatchObject([{ roomId: lobby }])
    await store.people.remove(bob.id)
    expect(await list()).toEqual([])
    await expect(set('gone')).rejects.toEqual(refusal('not_found'))
  })

  it('keeps so many and no more, and lists them in pages that are not too long', async () => {
    const { store, bob, set } = await setting()
    const long = 'x'.repeat(MESSAGE_LENGTH)
    await Promise.all(range(1, DRAFTS).map((thread) => set(long, { thread })))
    await expect(set('one more')).rejects.toEqual(refusal('forbidden'))
    await set('changed', { thread: 1 })
    const found: number[] = []
    for (let after: number | null = 0; after !== null;) {
      const page = await store.drafts.list({ personId: bob.id, after, limit: DRAFTS })
      expect(page.drafts.reduce((sum, { text }) => sum + text.length, 0)).toBeLessThanOrEqual(PAGE_TEXT)
      found.push(...page.drafts.map(({ thread = 0 }) => thread))
      after = page.next
    }
    expect(found.toSorted((a, b) => a - b)).toEqual(range(1, DRAFTS))
  })
}
