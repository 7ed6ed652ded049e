import { expect, it } from 'vitest'
import { Message } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import {
  catchUp,
  draftOf,
  hear,
  inhabit,
  packetsOf,
  range,
  refusal,
  roomOf,
  seqsOf,
  type OpenStore,
} from './setting.ts'

export function replies(open: OpenStore): void {
  /** Ann, bob and cleo in the lobby, where ann has begun. */
  async function setting() {
    const { store, reopen, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const answer = (author: Person, replyTo: number, body = 'hi') =>
      store.messages.append({ ...draftOf(lobby, author, body), replyTo })
    const first = await store.messages.append(draftOf(lobby, ann, 'who is for tea?'))
    const at = (seq: number) => store.messages.get(lobby, seq)
    const list = (seq: number, page: { before?: number; limit?: number } = {}) =>
      store.replies.list({ roomId: lobby, seq, limit: 10, ...page })
    const forYouOf = async ({ id }: Person) => (await store.rooms.mineOne(id, lobby))?.forYou
    return { store, reopen, lobby, ann, bob, cleo, answer, first, at, list, forYouOf }
  }

  it('keeps what a message answers, and lets the first of its thread say so in the same commit', async () => {
    const { store, reopen, lobby, bob, cleo, answer, first, at } = await setting()
    const commits = hear(store)
    const one = await answer(bob, first.seq)
    const two = await answer(cleo, one.seq)
    expect(Message.parse(one)).toMatchObject({ replyTo: first.seq, thread: first.seq })
    expect(Message.parse(two), 'an answer to an answer').toMatchObject({ replyTo: one.seq, thread: first.seq })
    const told = { ...first, rev: two.rev + 1, replies: { count: 2, lastSeq: two.seq, by: [cleo.id, bob.id] } }
    expect(await at(first.seq)).toEqual(told)
    const packets = packetsOf(commits, lobby)
    expect(packets.map(({ changes }) => changes.length).reduce((a, b) => a + b)).toBeGreaterThan(2)
    expect(packets.at(-1)?.changes.at(-1)).toEqual({ type: 'message:changed', message: told })
    expect((await catchUp(store, lobby, first.rev)).changes).toEqual(
      [one, two, told].map((message) => ({ type: 'message:changed', message })),
    )
    expect(await (await reopen()).messages.get(lobby, first.seq)).toEqual(told)
  })

  it('is the same message by the same key only as an answer to the same one', async () => {
    const { store, lobby, bob, answer, first } = await setting()
    const draft = { ...draftOf(lobby, bob), replyTo: first.seq }
    const sent = await store.messages.append(draft)
    expect(await store.messages.append(draft)).toEqual(sent)
    const other = await answer(bob, first.seq)
    for (const replyTo of [undefined, other.seq])
      await expect(store.messages.append({ ...draft, replyTo })).rejects.toEqual(refusal('conflict'))
  })

  it('answers only what is in the same room, if it was deleted too', async () => {
    const { store, lobby, ann, bob, answer, first, at } = await setting()
    const kitchen = await roomOf(store, ann)
    await expect(store.messages.append({ ...draftOf(kitchen, ann), replyTo: first.seq })).rejects.toEqual(
      refusal('not_found'),
    )
    await store.messages.remove({ roomId: lobby, seq: first.seq })
    const sent = await answer(bob, first.seq)
    expect(sent).toMatchObject({ replyTo: first.seq, thread: first.seq })
    expect(sent, 'it concerns nobody any more').not.toHaveProperty('concerns')
    expect(await at(first.seq)).not.toHaveProperty('replies')
  })

  it('is for those who wrote in its thread before, and are in the room', async () => {
    const { store, lobby, ann, bob, cleo, answer, first, forYouOf } = await setting()
    const one = await answer(bob, first.seq)
    expect([one.concerns, await forYouOf(ann), await forYouOf(cleo)]).toEqual([[ann.id], 1, 0])
    const two = await answer(cleo, first.seq)
    expect(new Set(two.concerns)).toEqual(new Set([ann.id, bob.id]))
    expect([await forYouOf(ann), await forYouOf(bob)]).toEqual([2, 1])
    expect(
      (await store.forYou.list({ personId: ann.id, limit: 10 })).messages.toSorted((a, b) => a.seq - b.seq),
    ).toEqual([one, two])
    const edited = await store.messages.edit({ roomId: lobby, seq: two.seq, body: `<@${bob.id}> and you` })
    expect([edited.concerns, edited.mentions, await forYouOf(bob)]).toEqual([two.concerns, [bob.id], 1])
    const again = await store.messages.edit({ roomId: lobby, seq: two.seq, body: 'and you' })
    expect([again.concerns, await forYouOf(bob)], 'without the mention it concerns bob still').toEqual([
      two.concerns,
      1,
    ])
    await store.people.remove(bob.id)
    expect((await answer(cleo, two.seq)).concerns).toEqual([ann.id])
  })

  it('counts no more what is deleted, leaves nothing of its thread on it, and nothing of replies on a deleted first', async () => {
    const { store, lobby, ann, bob, cleo, answer, first, at, list, forYouOf } = await setting()
    const [one, two] = [await answer(bob, first.seq), await answer(cleo, first.seq)]
    const gone = await store.messages.remove({ roomId: lobby, seq: two.seq })
    for (const field of ['replyTo', 'thread', 'concerns', 'replies']) expect(gone).not.toHaveProperty(field)
    expect((await at(first.seq))?.replies).toEqual({ count: 1, lastSeq: one.seq, by: [bob.id] })
    expect([seqsOf((await list(first.seq)).messages), await forYouOf(ann)]).toEqual([[one.seq], 1])
    await store.messages.remove({ roomId: lobby, seq: one.seq })
    expect(await at(first.seq)).not.toHaveProperty('replies')
    await answer(bob, first.seq)
    const tombstone = await store.messages.remove({ roomId: lobby, seq: first.seq })
    expect(tombstone).not.toHaveProperty('replies')
    await answer(cleo, first.seq)
    expect(await at(first.seq)).toEqual(tombstone)
    expect((await list(first.seq)).messages).toHaveLength(2)
  })

  it('has a thread again as it was when a purge is undone', async () => {
    const { store, lobby, ann, bob, cleo, answer, first, at } = await setting()
    const one = await answer(ann, first.seq)
    const two = await answer(bob, one.seq)
    await answer(cleo, two.seq)
    const before = await at(first.seq)
    for (const { id } of [bob, ann]) {
      const purge = await store.moderation.purge({ personId: id, by: cleo.id, since: 0, roomId: lobby })
      expect((await at(first.seq))?.replies?.count).toBe(id === bob.id ? 2 : undefined)
      await store.moderation.undo(purge.id, cleo.id)
      expect((await at(first.seq))?.replies).toEqual(before?.replies)
    }
    const { rev: _, ...rest } = two
    expect(await at(two.seq)).toMatchObject(rest)
  })

  it('pages through the replies of a thread, newest first, each page in order', async () => {
    const { store, lobby, ann, bob, answer, first, list } = await setting()
    const sent: number[] = []
    for (const i of range(1, 7)) {
      await store.messages.append(draftOf(lobby, ann, `between ${i}`))
      sent.push((await answer(bob, first.seq, `answer ${i}`)).seq)
    }
    const found: number[][] = []
    for (let before: number | undefined; ;) {
      const page = await list(first.seq, { ...(before !== undefined && { before }), limit: 3 })
      found.unshift(seqsOf(page.messages))
      if (page.next === null) break
      before = page.next
    }
    expect([found.map(({ length }) => length), found.flat()]).toEqual([[1, 3, 3], sent])
    expect(await list(sent[0] ?? 0)).toMatchObject({ messages: [], next: null })
  })

  it('gives single messages with the head of the room and those of whom they speak, and passes by what is not there', async () => {
    const { store, lobby, ann, bob, answer, first, at } = await setting()
    const one = await answer(bob, first.seq)
    const { head, messages, people } = await store.replies.some(lobby, [one.seq, 99, first.seq, one.seq])
    expect(messages).toEqual([await at(first.seq), one])
    expect(head).toEqual((await store.rooms.heads([lobby]))[lobby])
    expect(new Set(people.map(({ id }) => id))).toEqual(new Set([ann.id, bob.id]))
    expect((await store.replies.some('nowhere', [1]).catch(() => ({ messages: [] }))).messages).toEqual([])
  })
}
