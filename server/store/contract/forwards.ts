import { expect, it } from 'vitest'
import { Message } from '../../../protocol/messages.ts'
import { draftOf, inhabit, namesOf, refusal, roomOf, type OpenStore } from './setting.ts'

export function forwards(open: OpenStore): void {
  /** Ann has said something in a public kitchen, and in an attic that is private; bob is in both, and in a shed. */
  async function setting() {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    const { room } = await store.rooms.create({ name: 'Attic', topic: '', personId: ann.id, isPrivate: true })
    const shed = await roomOf(store, bob, 'Shed')
    for (const roomId of [kitchen, room.id]) await store.rooms.add(roomId, bob.id)
    const said = await store.messages.append(draftOf(kitchen, ann, `cake for <@${bob.id}> and <@room>`))
    const whispered = await store.messages.append(draftOf(room.id, ann, 'no cake'))
    const forward = ({ roomId, seq }: Message, to: string) => ({
      ...draftOf(to, bob, 'what bob would like her to have said'),
      forward: { roomId, seq },
    })
    const append = (message: Message, to: string) => store.messages.append(forward(message, to))
    return { store, ann, bob, kitchen, attic: room.id, shed, said, whispered, forward, append }
  }

  it('says what was said, by whom and when, names nobody by it, and leads back to what everybody may see', async () => {
    const { store, ann, bob, shed, said, append } = await setting()
    const copy = Message.parse(await append(said, shed))
    expect(copy).toMatchObject({ authorId: bob.id, body: said.body, roomId: shed })
    expect(copy).not.toHaveProperty('mentions')
    const from = { roomId: said.roomId, seq: said.seq }
    expect(copy.forwarded).toEqual({ authorId: ann.id, sentAt: said.sentAt, from })
    const { people } = await store.messages.list({ roomId: shed, limit: 1 })
    expect(namesOf(people)).toContain('ann')
  })

  it('tells nothing of a private room outside of it, however often it is forwarded', async () => {
    const { ann, attic, shed, kitchen, whispered, append } = await setting()
    const whose = { authorId: ann.id, sentAt: whispered.sentAt }
    const inside = await append(whispered, attic)
    expect(inside.forwarded).toEqual({ ...whose, from: { roomId: attic, seq: whispered.seq } })
    for (const one of [whispered, inside]) {
      const outside = await append(one, shed)
      expect(outside.forwarded).toEqual(whose)
      expect(JSON.stringify(await append(outside, kitchen))).not.toContain(attic)
    }
  })

  it('is refused to whoever does not see it any more, by the act that would copy it', async () => {
    const { store, bob, attic, kitchen, shed, said, whispered, append } = await setting()
    for (const roomId of [attic, kitchen]) await store.rooms.leave(roomId, bob.id)
    await expect(append(whispered, shed)).rejects.toEqual(refusal('not_found'))
    expect(await append(said, shed)).toMatchObject({ body: said.body })
  })

  it('goes on telling who said it first, and where, if that may be told', async () => {
    const { ann, attic, shed, said, append } = await setting()
    const once = await append(said, attic)
    const twice = await append(once, shed)
    expect(twice.forwarded).toEqual({
      authorId: ann.id,
      sentAt: said.sentAt,
      from: { roomId: said.roomId, seq: said.seq },
    })
  })

  it('is the same message under the same key, whatever has become of the first one', async () => {
    const { store, shed, said, whispered, forward } = await setting()
    const draft = forward(said, shed)
    const copy = await store.messages.append(draft)
    await store.messages.edit({ roomId: said.roomId, seq: said.seq, body: 'pie' })
    expect(await store.messages.append(draft)).toEqual(copy)
    await store.messages.remove(said)
    expect(await store.messages.append(draft)).toEqual(copy)
    for (const other of [forward(whispered, shed).forward, undefined])
      await expect(store.messages.append({ ...draft, forward: other })).rejects.toEqual(refusal('conflict'))
    await expect(store.messages.append(forward(said, shed))).rejects.toEqual(refusal('not_found'))
    await expect(
      store.messages.append({ ...draft, key: crypto.randomUUID(), forward: { roomId: 'nowhere', seq: 1 } }),
    ).rejects.toEqual(refusal('not_found'))
  })

  it('cannot be put in other words, and is deleted and put back like all others', async () => {
    const { store, bob, shed, said, append } = await setting()
    const copy = await append(said, shed)
    const at = { roomId: shed, seq: copy.seq }
    await expect(store.messages.edit({ ...at, body: 'no cake' })).rejects.toEqual(refusal('forbidden'))
    const deleted = await store.messages.remove({ ...at, by: bob.id })
    expect(deleted).toMatchObject({ body: '' })
    expect(deleted).not.toHaveProperty('forwarded')
    const back = await store.messages.restore({ ...at, by: bob.id })
    expect(back).toEqual({ ...copy, rev: back.rev })
  })
}
