import { expect, it } from 'vitest'
import { MESSAGE_LENGTH } from '../../../protocol/limits.ts'
import { Message } from '../../../protocol/messages.ts'
import { draftOf, hear, inhabit, packetsOf, range, refusal, sayMany, seqsOf, type OpenStore } from './setting.ts'

export function messages(open: OpenStore): void {
  it('numbers messages of a room 1, 2, 3 … without gaps, whoever sends them at once', async () => {
    const { store, lobby, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const sent = await Promise.all([ann, bob, eve].map((author) => sayMany(store, lobby, author, 30)))
    expect(seqsOf(sent.flat()).toSorted((a, b) => a - b)).toEqual(range(1, 90))
    const page = await store.messages.list({ roomId: lobby, limit: 100 })
    expect(page.messages).toEqual(sent.flat().toSorted((a, b) => a.seq - b.seq))
    expect(page.head.seq).toBe(90)
  })

  it('keeps the order in which one author sent them', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const both = await Promise.all([sayMany(store, lobby, ann, 50), sayMany(store, lobby, bob, 50)])
    for (const sent of both) expect(seqsOf(sent)).toEqual(seqsOf(sent).toSorted((a, b) => a - b))
  })

  it('numbers every room by itself', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { room } = await store.rooms.direct(ann.id, bob.id)
    const sent = await Promise.all([lobby, room.id].map((roomId) => sayMany(store, roomId, ann, 10)))
    for (const ofRoom of sent) expect(seqsOf(ofRoom)).toEqual(range(1, 10))
  })

  it('answers a message as everybody receives it, and stamps it with the room’s next revision', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const before = (await store.rooms.heads([lobby]))[lobby]
    const commits = hear(store)
    const draft = draftOf(lobby, ann)

    const message = await store.messages.append(draft)

    const { sentAt } = Message.parse(message)
    expect(message).toEqual({
      ...draft,
      seq: 1,
      rev: (before?.rev ?? 0) + 1,
      sentAt,
      editedAt: null,
      deleted: false,
      moderated: false,
    })
    expect(packetsOf(commits, lobby)).toEqual([
      {
        roomId: lobby,
        after: before?.rev,
        rev: message.rev,
        changes: [{ type: 'message:changed', message }],
        people: [ann],
      },
    ])
  })

  it('keeps a text letter by letter, and the longest whole', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann')
    const texts = [
      '  ends \t\n',
      'é, e\u0301',
      '漢字 🏳️‍🌈 مرحبا',
      '%_\\\'";--',
      '\u{10ffff}\u202e',
      '🙂'.repeat(MESSAGE_LENGTH / 2),
    ]
    const sent = await Promise.all(texts.map((text) => store.messages.append(draftOf(lobby, ann, text))))
    expect(sent.map(({ body }) => body)).toEqual(texts)
    expect((await (await reopen()).messages.list({ roomId: lobby, limit: 10 })).messages).toEqual(sent)
  })

  it('has read, for its author, everything up to their own message', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await sayMany(store, lobby, ann, 5)
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 0, unread: 5 })
    await store.messages.append(draftOf(lobby, bob))
    expect(await store.rooms.mineOne(bob.id, lobby)).toMatchObject({ readUpTo: 6, unread: 0 })
  })

  it('refuses a message to a room that is not there', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await expect(store.messages.append(draftOf('nowhere', ann))).rejects.toEqual(refusal('not_found'))
  })
}
