import { expect, it } from 'vitest'
import type { Message } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Store } from '../store.ts'
import { draftOf, inhabit, range, refusal, roomOf, type OpenStore } from './setting.ts'

const limits = { unsent: 10, mine: 1_000, all: 1_500 }

const begin = (store: Store, roomId: string, { id }: Person, size = 100, name = 'plan.txt') =>
  store.files.begin({ roomId, uploaderId: id, name, size, limits })

/** One that can be sent. */
async function ready(store: Store, roomId: string, person: Person, size = 100): Promise<string> {
  const { file } = await begin(store, roomId, person, size)
  await store.files.finish(file.id, { name: file.name, type: 'text/plain', size })
  return file.id
}

const send = (store: Store, roomId: string, author: Person, ids: readonly string[], body = '') =>
  store.messages.append({ ...draftOf(roomId, author, body), files: ids.map((id) => ({ id })) })

export function files(open: OpenStore): void {
  it('keeps what is told of a file, from its beginning until its message is read', async () => {
    const { store, reopen, lobby, ann } = await inhabit(open, 'ann')
    const { file } = await begin(store, lobby, ann)
    const begun = { roomId: lobby, uploaderId: ann.id, isReady: false, seq: null, isGone: false }
    expect(await store.files.get(file.id)).toMatchObject({ ...begun, file: { name: 'plan.txt', size: 100 } })
    const finished = { name: 'a.webp', type: 'image/webp', size: 90, width: 4, height: 3, blur: 'UklG', moves: true }
    for (const _ of [1, 2])
      expect(await store.files.finish(file.id, finished)).toMatchObject({ ...begun, isReady: true })
    const draft = { ...draftOf(lobby, ann, ''), files: [{ id: file.id, alt: ' A lamp ' }] }
    const message = await store.messages.append(draft)
    expect(message.files).toEqual([{ id: file.id, ...finished, alt: 'A lamp' }])
    const later = await reopen()
    expect((await later.messages.list({ roomId: lobby, limit: 1 })).messages).toEqual([message])
    expect((await later.rooms.mineOne(ann.id, lobby))?.last).toMatchObject({
      text: '',
      files: [{ type: 'image/webp' }],
    })
    expect(await later.files.get(file.id)).toMatchObject({ seq: message.seq, isGone: false })
    expect(await later.messages.edit({ roomId: lobby, seq: message.seq, body: 'more' })).toMatchObject({
      files: message.files,
    })
    expect(await later.messages.append(draft)).toMatchObject({ seq: message.seq, body: 'more' })
  })

  it('gives a message only files of its author, of its room, that are ready and free', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    const [mine, hers] = [await ready(store, lobby, ann), await ready(store, lobby, bob)]
    const [elsewhere, half] = [await ready(store, kitchen, ann), (await begin(store, lobby, ann)).file.id]
    for (const id of [hers, elsewhere, half, 'none'])
      await expect(send(store, lobby, ann, [mine, id])).rejects.toEqual(refusal('not_found'))
    // What was refused took nothing along.
    const { seq } = await send(store, lobby, ann, [mine])
    expect(seq).toBe(1)
    await expect(send(store, lobby, ann, [mine])).rejects.toEqual(refusal('not_found'))
  })

  it('takes one key for one text with the same files', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const [one, two] = [await ready(store, lobby, ann), await ready(store, lobby, ann)]
    const draft = { ...draftOf(lobby, ann), files: [{ id: one, alt: 'x' }] }
    const first = await store.messages.append(draft)
    expect(await store.messages.append(draft)).toEqual(first)
    for (const other of [undefined, [{ id: two, alt: 'x' }], [{ id: one }], [...draft.files, { id: two }]])
      await expect(store.messages.append({ ...draft, files: other })).rejects.toEqual(refusal('conflict'))
    await store.messages.remove({ roomId: lobby, seq: first.seq })
    expect(await store.messages.append(draft)).toMatchObject({ deleted: true })
  })

  it('loses the files of a message that is deleted, and says whose bytes may go, until they are gone', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [one, two, three] = [
      await ready(store, lobby, ann),
      await ready(store, lobby, ann),
      await ready(store, lobby, ann),
    ]
    const { seq } = await send(store, lobby, ann, [one, two], 'words')
    expect(await store.messages.remove({ roomId: lobby, seq })).not.toHaveProperty('files')
    // It can be put back, until somebody else deletes it as well, or the time is over.
    expect(await store.files.get(one)).toMatchObject({ isGone: true })
    await store.messages.remove({ roomId: lobby, seq, by: bob.id })
    expect(await store.files.get(one)).toBeNull()
    for (const _ of [1, 2]) await store.files.drop(three)
    const later = await reopen()
    expect((await later.files.lost(10)).toSorted()).toEqual([one, two, three].toSorted())
    expect(await later.files.lost(1)).toHaveLength(1)
    await later.files.forget([one, two])
    expect(await later.files.lost(10)).toEqual([three])
    expect(await later.files.known([one, three, 'none'])).toEqual([])
  })

  it('gives who forwards files of their own, whose bytes are there until the last message that has them is gone', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, bob)
    const [one, two] = [await ready(store, lobby, ann), await ready(store, lobby, ann)]
    const said = await store.messages.append({
      ...draftOf(lobby, ann, ''),
      files: [{ id: two, alt: 'A' }, { id: one }],
    })
    const draft = { ...draftOf(kitchen, bob, ''), forward: { roomId: lobby, seq: said.seq }, filesMost: 300 }
    const copy = await store.messages.append(draft)
    expect(await store.messages.append(draft)).toEqual(copy)
    const plain = (files: Message['files']) => files?.map((file) => ({ ...file, id: '' }))
    expect(plain(copy.files)).toEqual(plain(said.files))
    const [first, second] = copy.files?.map(({ id }) => id) ?? []
    expect(await store.files.get(String(first))).toMatchObject({
      bytes: two,
      roomId: kitchen,
      seq: 1,
      uploaderId: bob.id,
    })
    // A third time there is no room for: they count to him.
    const again = { ...draft, key: crypto.randomUUID() }
    await expect(store.messages.append(again)).rejects.toEqual(refusal('forbidden'))
    for (const by of [ann.id, bob.id]) await store.messages.remove({ roomId: lobby, seq: said.seq, by })
    expect(await store.files.get(two)).toBeNull()
    const later = await reopen()
    expect(await later.files.lost(10)).toEqual([])
    expect(await later.files.known([one, two, String(first), String(second)])).toEqual([one, two])
    expect((await later.messages.get(kitchen, 1))?.files).toEqual(copy.files)
    for (const by of [bob.id, ann.id]) await later.messages.remove({ roomId: kitchen, seq: 1, by })
    expect((await later.files.lost(10)).toSorted()).toEqual([one, two].toSorted())
  })

  it('counts what was forwarded once to all that there is', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { seq } = await send(store, lobby, ann, [await ready(store, lobby, ann, 900)])
    await store.messages.append({ ...draftOf(lobby, bob), forward: { roomId: lobby, seq }, filesMost: 900 })
    await expect(begin(store, lobby, bob, 101)).rejects.toEqual(refusal('forbidden'))
    await begin(store, lobby, ann, 100)
  })

  it('loses the files of a room that is deleted', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const kitchen = await roomOf(store, ann)
    const [there, elsewhere] = [await ready(store, kitchen, ann), await ready(store, lobby, ann)]
    await send(store, kitchen, ann, [there])
    await store.rooms.remove(kitchen)
    await expect.poll(() => store.files.lost(10)).toEqual([there])
    expect(await store.files.known([there, elsewhere])).toEqual([elsewhere])
  })

  it('drops what was never sent when its time is over, or its person is gone, and nothing that was', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [sent, unsent, hers] = [
      await ready(store, lobby, ann),
      await ready(store, lobby, ann),
      await ready(store, lobby, bob),
    ]
    await send(store, lobby, ann, [sent])
    await store.files.drop(sent)
    await store.people.remove(bob.id)
    expect(await store.files.known([sent, unsent, hers])).toEqual([sent, unsent])
    await store.files.dropUnsent(0)
    expect(await store.files.known([sent, unsent])).toEqual([sent, unsent])
    await store.files.dropUnsent(Date.now() + 1)
    expect(await store.files.known([sent, unsent])).toEqual([sent])
  })

  it('keeps the files of what was deleted with much else for as long as it can be put back, out of sight', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const id = await ready(store, lobby, bob)
    const { seq, files: before } = await send(store, lobby, bob, [id])
    const purge = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: lobby })
    await store.moderation.step(purge.id)
    expect(await store.messages.get(lobby, seq)).not.toHaveProperty('files')
    expect(await store.files.get(id)).toMatchObject({ isGone: true })
    await store.moderation.undo(purge.id, ann.id)
    await store.moderation.step(purge.id)
    expect((await store.messages.get(lobby, seq))?.files).toEqual(before)
    expect(await store.files.get(id)).toMatchObject({ isGone: false })
    const again = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: lobby })
    await store.moderation.step(again.id)
    await store.messages.remove({ roomId: lobby, seq, by: ann.id })
    expect(await store.files.lost(10)).toEqual([id])
  })

  it('makes room within its limits only, however many ask at once, and for who is in the room', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const many = await Promise.allSettled(range(1, 12).map(() => begin(store, lobby, ann, 1)))
    expect(many.filter(({ status }) => status === 'fulfilled')).toHaveLength(limits.unsent)
    expect(many.at(-1)).toEqual({ status: 'rejected', reason: refusal('forbidden') })
    await begin(store, lobby, bob, 900)
    await expect(begin(store, lobby, bob, 101)).rejects.toEqual(refusal('forbidden'))
    await begin(store, lobby, bob, 100)
    await expect(begin(store, lobby, cleo, 600)).rejects.toEqual(refusal('forbidden'))
    await begin(store, lobby, cleo, 400)
    const kitchen = await roomOf(store, ann)
    await expect(begin(store, kitchen, bob)).rejects.toEqual(refusal('not_found'))
    await expect(store.files.finish('none', { name: 'x', type: 'x', size: 1 })).rejects.toEqual(refusal('not_found'))
  })
}
