import { expect, it } from 'vitest'
import { MessagePage, type ListMessages } from '../../../protocol/messages.ts'
import { draftOf, inhabit, range, roomOf, sayMany, seqsOf, whileWriting, type OpenStore } from './setting.ts'

export function history(open: OpenStore): void {
  /** A room with 20 messages. */
  async function told() {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    await sayMany(store, lobby, ann, 20)
    return async (page: Omit<ListMessages, 'roomId'> & { limit: number }) =>
      seqsOf((await store.messages.list({ roomId: lobby, ...page })).messages)
  }

  it('gives the newest messages', async () => {
    const list = await told()
    expect(await list({ limit: 3 })).toEqual([18, 19, 20])
    expect(await list({ limit: 100 })).toEqual(range(1, 20))
  })

  it('gives the nearest messages before a position, and ends without a gap at the first', async () => {
    const list = await told()
    expect(await list({ before: 10, limit: 3 })).toEqual([7, 8, 9])
    expect(await list({ before: 3, limit: 3 })).toEqual([1, 2])
    expect(await list({ before: 1, limit: 3 })).toEqual([])
    expect(await list({ before: 1000, limit: 3 })).toEqual([18, 19, 20])
  })

  it('gives the nearest messages after a position, and ends without a gap at the newest', async () => {
    const list = await told()
    expect(await list({ after: 10, limit: 3 })).toEqual([11, 12, 13])
    expect(await list({ after: 0, limit: 3 })).toEqual([1, 2, 3])
    expect(await list({ after: 18, limit: 3 })).toEqual([19, 20])
    expect(await list({ after: 20, limit: 3 })).toEqual([])
  })

  it('gives the messages on both sides of a position, and it, without gaps wherever in the room', async () => {
    const list = await told()
    expect(await list({ around: 10, limit: 5 })).toEqual([8, 9, 10, 11, 12])
    expect(await list({ around: 10, limit: 1 })).toEqual([10])
    for (const around of range(1, 20)) {
      const seqs = await list({ around, limit: 6 })
      expect(seqs).toEqual(range(seqs[0] ?? 0, seqs.at(-1) ?? 0))
      expect(seqs.length).toBeLessThanOrEqual(6)
      expect(seqs).toEqual(expect.arrayContaining(range(Math.max(1, around - 2), Math.min(20, around + 2))))
    }
  })

  it('meets every message once, page after page, in both directions', async () => {
    const list = await told()
    const down = await list({ limit: 7 })
    const up = await list({ after: 0, limit: 7 })
    for (const _ of range(1, 4)) {
      down.unshift(...(await list({ before: down[0], limit: 7 })))
      up.push(...(await list({ after: up.at(-1), limit: 7 })))
    }
    expect([down, up]).toEqual([range(1, 20), range(1, 20)])
  })

  it('gives the room’s head with each page, and everybody who wrote in it once', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob', 'eve')
    for (const author of [ann, bob, ann]) await store.messages.append(draftOf(lobby, author))
    const page = await store.messages.list({ roomId: lobby, limit: 10 })
    expect(MessagePage.parse(page)).toEqual(page)
    expect(page).toMatchObject({ roomId: lobby, head: (await store.rooms.heads([lobby]))[lobby] })
    expect(new Set(page.people)).toEqual(new Set([ann, bob]))
    expect(await store.messages.list({ roomId: lobby, before: 2, limit: 10 })).toMatchObject({ people: [ann] })
  })

  it('gives an empty page of a room where nobody has written', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const roomId = await roomOf(store, ann)
    for (const where of [{}, { before: 5 }, { after: 0 }, { around: 1 }])
      expect(await store.messages.list({ roomId, ...where, limit: 10 })).toMatchObject({ messages: [], people: [] })
  })

  it('gives the head of the moment in which it read the messages, while somebody writes', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    await whileWriting(
      () => store.messages.append(draftOf(lobby, ann)),
      async () => {
        const { head, messages } = await store.messages.list({ roomId: lobby, limit: 1 })
        expect(messages.at(-1)?.seq ?? 0).toBe(head.seq)
      },
    )
  })
}
