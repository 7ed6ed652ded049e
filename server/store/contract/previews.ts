import { expect, it } from 'vitest'
import { Message } from '../../../protocol/messages.ts'
import { searchedText } from '../../../protocol/searched.ts'
import { SILENT_FOR, TOLD_FOR } from '../previews.ts'
import { all } from './search.ts'
import { draftOf, hear, inhabit, packetsOf, range, refusal, roomOf, type OpenStore } from './setting.ts'

const url = 'https://a.example/cake'
const told = { url, site: 'a.example' }
const page = { ...told, title: 'A cake' }

export function previews(open: OpenStore): void {
  /** Ann and bob in a kitchen that tells where links lead. */
  async function setting() {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    await store.rooms.join(kitchen, bob.id)
    await store.rooms.setPreviews({ roomId: kitchen, on: true })
    const link = (roomId = kitchen, address = url) =>
      store.messages.append({ ...draftOf(roomId, ann, `Look: ${address}`), link: address })
    const now = async ({ seq }: Message) => (await store.messages.get(kitchen, seq))?.preview
    return { store, reopen, lobby, ann, bob, kitchen, link, now }
  }

  it('is allowed for a room, once, by whoever looks after it, and not in a conversation or an archived one', async () => {
    const { store, ann, bob, kitchen } = await setting()
    const commits = hear(store)
    expect(await store.rooms.setPreviews({ roomId: kitchen, on: true, by: ann.id })).toMatchObject({ previews: true })
    expect(commits).toEqual([])
    const room = await store.rooms.setPreviews({ roomId: kitchen, on: false, by: ann.id })
    expect(room).not.toHaveProperty('previews')
    expect(packetsOf(commits, kitchen)).toMatchObject([{ changes: [{ type: 'room:changed', room }] }])
    const { entries } = await store.audit.list({ reader: ann.id, limit: 5 })
    expect(entries).toMatchObject([{ action: 'preview:allow', by: ann.id, roomId: kitchen, details: { on: false } }])
    const direct = await store.rooms.direct(ann.id, bob.id)
    await store.rooms.archive(kitchen, true)
    for (const roomId of [direct.room.id, kitchen])
      await expect(store.rooms.setPreviews({ roomId, on: true })).rejects.toEqual(refusal('forbidden'))
    await expect(store.rooms.setPreviews({ roomId: 'nowhere', on: true })).rejects.toEqual(refusal('not_found'))
  })

  it('tells at once where a link leads, and what the page says with the room’s next revision', async () => {
    const { store, reopen, kitchen, link } = await setting()
    const sent = await link()
    expect(Message.parse(sent).preview).toEqual(told)
    expect(await store.previews.wanted(kitchen, sent.seq)).toBe(url)
    const commits = hear(store)
    await store.previews.found({ ...page, at: Date.now() })
    const message = { ...sent, rev: sent.rev + 1, preview: page }
    expect(packetsOf(commits, kitchen)).toMatchObject([{ changes: [{ message }] }])
    expect(await store.previews.wanted(kitchen, sent.seq)).toBeNull()
    const later = await reopen()
    expect((await later.messages.list({ roomId: kitchen, limit: 5 })).messages).toEqual([message])
    expect((await later.messages.sync({ roomId: kitchen, since: sent.rev })).changed?.changes).toMatchObject([
      { message },
    ])
  })

  it('knows which pages nobody asked yet, the newest first, in rooms that allow it', async () => {
    const { store, reopen, ann, kitchen, link } = await setting()
    const other = await roomOf(store, ann, 'Attic')
    await store.rooms.setPreviews({ roomId: other, on: true })
    await link(kitchen, 'https://asked.example/')
    const removed = await link(kitchen, 'https://removed.example/')
    const [first, second] = [await link(), await link(kitchen, 'https://b.example/')]
    await link(other)
    await store.messages.append(draftOf(kitchen, ann, 'no link'))
    await store.previews.found({ url: 'https://asked.example/', site: 'asked.example', title: null, at: Date.now() })
    await store.previews.remove(removed)
    await store.rooms.setPreviews({ roomId: other, on: false })
    const places = [second, first].map(({ roomId, seq, authorId }) => ({ roomId, seq, authorId }))
    const later = await reopen()
    expect(await later.previews.unasked(10)).toEqual(places)
    expect(await later.previews.unasked(1)).toEqual(places.slice(0, 1))
  })

  it('tells nothing in a room that does not allow it, nor of what nobody links to', async () => {
    const { store, ann, lobby, kitchen, link } = await setting()
    expect(await link(lobby)).not.toHaveProperty('preview')
    expect(await store.messages.append(draftOf(kitchen, ann, url))).not.toHaveProperty('preview')
    const waiting = await link()
    await store.rooms.setPreviews({ roomId: kitchen, on: false })
    const commits = hear(store)
    await store.previews.found({ ...page, at: Date.now() })
    expect(commits).toEqual([])
    expect((await store.messages.get(kitchen, waiting.seq))?.preview).toEqual(told)
  })

  it('tells all that want to know, the newest of them, and those that come later without asking again for a day', async () => {
    const { store, link, now } = await setting()
    const sent = await Promise.all(range(1, 101).map(() => link()))
    await store.previews.found({ ...page, at: Date.now() })
    const known = await Promise.all(sent.map(now))
    expect(known.filter((one) => one?.title === page.title)).toHaveLength(100)
    expect((await link()).preview).toEqual(page)
    const old = 'https://old.example/'
    await link(undefined, old)
    await store.previews.found({ url: old, site: 'old.example', title: 'Old', at: Date.now() - TOLD_FOR })
    expect((await link(undefined, old)).preview).toEqual({ url: old, site: 'old.example' })
  })

  it('is found by what the page says, from when that is known until it is taken away or the message is deleted', async () => {
    const { store, ann, kitchen, link } = await setting()
    const [kept, gone] = [await link(), await link()]
    const found = async (query: string) => (await all(store, ann.id, query)).map(({ seq }) => seq)
    expect(await found('quetzals')).toEqual([])
    const title = 'How Quetzals sing'
    await store.previews.found({ ...page, title, at: Date.now() })
    expect(await found('quetz look')).toEqual([gone.seq, kept.seq])
    const { hits } = await store.search.find({
      personId: ann.id,
      query: 'quetzals',
      order: 'newest',
      limit: 1,
      zone: 'UTC',
    })
    expect(
      hits.map(({ message, marks }) => marks.map(([start, end]) => searchedText(message).slice(start, end))),
    ).toEqual([['Quetzals']])
    await store.previews.remove({ roomId: kitchen, seq: gone.seq })
    expect(await found('quetzals')).toEqual([kept.seq])
    expect(await found('look')).toEqual([gone.seq, kept.seq])
    await store.messages.remove({ roomId: kitchen, seq: kept.seq, by: ann.id })
    expect(await found('quetzals')).toEqual([])
    await store.messages.restore({ roomId: kitchen, seq: kept.seq, by: ann.id })
    expect(await found('quetzals')).toEqual([kept.seq])
    await store.messages.edit({ roomId: kitchen, seq: kept.seq, body: 'Look.' })
    expect(await found('quetzals')).toEqual([])
  })

  it('goes on telling where a link leads when the page says nothing, and is not asked again for a while', async () => {
    const { store, kitchen, link, now } = await setting()
    const sent = await link()
    const commits = hear(store)
    await store.previews.found({ ...told, title: null, at: Date.now() })
    expect(commits).toEqual([])
    expect(await now(sent)).toEqual(told)
    expect(await store.previews.wanted(kitchen, sent.seq)).toBeNull()
    const next = await link()
    expect(next.preview).toEqual(told)
    expect(await store.previews.wanted(kitchen, next.seq)).toBeNull()
    const old = 'https://old.example/'
    await link(undefined, old)
    await store.previews.found({ url: old, site: 'old.example', title: null, at: Date.now() - SILENT_FOR })
    expect(await store.previews.wanted(kitchen, (await link(undefined, old)).seq)).toBe(old)
  })

  it('stays with the link when a text is edited, goes with it, and tells of another one', async () => {
    const { store, kitchen, link, now } = await setting()
    const sent = await link()
    await store.previews.found({ ...page, at: Date.now() })
    const edit = (body: string, to?: string) => store.messages.edit({ roomId: kitchen, seq: sent.seq, body, link: to })
    await store.rooms.setPreviews({ roomId: kitchen, on: false })
    expect((await edit(`Do look: ${url}`, url)).preview).toEqual(page)
    expect(await edit('https://b.example', 'https://b.example/')).not.toHaveProperty('preview')
    await store.rooms.setPreviews({ roomId: kitchen, on: true })
    expect((await edit('https://b.example .', 'https://b.example/')).preview).toEqual({
      url: 'https://b.example/',
      site: 'b.example',
    })
    await edit('Never mind.')
    expect(await now(sent)).toBeUndefined()
  })

  it('is taken away once and for all, whatever the text becomes', async () => {
    const { store, kitchen, link, now } = await setting()
    const sent = await link()
    const removed = await store.previews.remove({ roomId: kitchen, seq: sent.seq })
    expect(removed).toEqual({ ...sent, rev: sent.rev + 1, preview: undefined })
    const commits = hear(store)
    expect(await store.previews.remove({ roomId: kitchen, seq: sent.seq })).toEqual(removed)
    await store.previews.found({ ...page, at: Date.now() })
    expect(commits).toEqual([])
    expect(await store.previews.wanted(kitchen, sent.seq)).toBeNull()
    await store.messages.edit({ roomId: kitchen, seq: sent.seq, body: 'https://b.example', link: 'https://b.example/' })
    expect(await now(sent)).toBeUndefined()
    await expect(store.previews.remove({ roomId: kitchen, seq: 99 })).rejects.toEqual(refusal('not_found'))
    await store.messages.remove({ roomId: kitchen, seq: sent.seq })
    await expect(store.previews.remove({ roomId: kitchen, seq: sent.seq })).rejects.toEqual(refusal('not_found'))
  })

  it('goes with a deleted message and with many, spares nobody the asking then, and is put back with it', async () => {
    const { store, ann, bob, kitchen, link, now } = await setting()
    const sent = await link()
    await store.previews.found({ ...page, at: Date.now() })
    expect(await store.messages.remove({ roomId: kitchen, seq: sent.seq, by: ann.id })).not.toHaveProperty('preview')
    const other = await link()
    expect(other.preview).toEqual(told)
    await store.messages.restore({ roomId: kitchen, seq: sent.seq, by: ann.id })
    expect(await now(sent)).toEqual(page)
    const { id } = await store.moderation.purge({ personId: ann.id, by: bob.id, since: 0, roomId: kitchen })
    while ((await store.moderation.step(id)).state === 'deleting');
    expect(await now(sent)).toBeUndefined()
    await store.moderation.undo(id, bob.id)
    while ((await store.moderation.step(id)).state === 'restoring');
    expect(await now(sent)).toEqual(page)
  })
}
