import { expect, it } from 'vitest'
import { draftOf, hear, inhabit, range, refusal, roomOf, sayMany, type OpenStore } from './setting.ts'

export function keys(open: OpenStore): void {
  it('answers the same owner and key with the same text as the first time, and nothing changes', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const draft = draftOf(lobby, ann)
    const first = await store.messages.append(draft)
    await sayMany(store, lobby, ann, 3)
    const [heads, commits] = [await store.rooms.heads([lobby]), hear(store)]

    expect(await store.messages.append(draft)).toEqual(first)

    expect(await store.rooms.heads([lobby])).toEqual(heads)
    expect(commits).toEqual([])
  })

  it('stores a message once that is sent many times at once', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const draft = draftOf(lobby, ann)
    const answers = await Promise.all(range(1, 10).map(() => store.messages.append(draft)))
    for (const answer of answers) expect(answer).toEqual(answers[0])
    expect((await store.messages.list({ roomId: lobby, limit: 10 })).messages).toEqual([answers[0]])
  })

  it('refuses the same owner and key as a conflict with another text, or in another room', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const roomId = await roomOf(store, ann)
    const draft = draftOf(lobby, ann, 'hi')
    const first = await store.messages.append(draft)
    for (const other of [{ body: 'Hi' }, { body: 'hi ' }, { roomId }])
      await expect(store.messages.append({ ...draft, ...other })).rejects.toEqual(refusal('conflict'))
    expect((await store.messages.list({ roomId: lobby, limit: 10 })).messages).toEqual([first])
    expect((await store.rooms.heads([roomId]))[roomId]?.seq).toBe(0)
  })

  it('takes one of two texts that are sent under one key at once, and refuses the other', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const draft = draftOf(lobby, ann)
    const ends = await Promise.allSettled(['one', 'other'].map((body) => store.messages.append({ ...draft, body })))
    expect(ends.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(ends.find(({ status }) => status === 'rejected')).toMatchObject({ reason: refusal('conflict') })
  })

  it('takes another author’s same key for another message', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const draft = draftOf(lobby, ann, 'mine')
    const his = { ...draft, authorId: bob.id, body: 'his' }
    expect(await store.messages.append(draft)).toMatchObject({ seq: 1, authorId: ann.id, body: 'mine' })
    expect(await store.messages.append(his)).toMatchObject({ seq: 2, authorId: bob.id, body: 'his' })
  })

  it('knows a message by its owner where one is given: its author may have become another visitor', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const draft = { ...draftOf(lobby, ann), owner: 'tutorial' }
    const first = await store.messages.append(draft)
    expect(first).not.toHaveProperty('owner')
    expect(await store.messages.append({ ...draft, authorId: bob.id })).toEqual(first)
    expect(await store.messages.append({ ...draft, owner: 'somebody else' })).toMatchObject({ seq: 2 })
    expect(await store.messages.append({ ...draft, owner: ann.id })).toMatchObject({ seq: 3 })
  })

  it('still knows the key after opening again', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann')
    const draft = draftOf(lobby, ann)
    const first = await store.messages.append(draft)
    const later = await reopen()
    expect(await later.messages.append(draft)).toEqual(first)
    await expect(later.messages.append({ ...draft, body: 'other' })).rejects.toEqual(refusal('conflict'))
  })
}
