import { expect, it } from 'vitest'
import { VERSIONS } from '../../../protocol/limits.ts'
import type { Store } from '../store.ts'
import { draftOf, inhabit, range, refusal, type OpenStore } from './setting.ts'

/** Every page of it. */
async function historyOf(store: Store, at: { roomId: string; seq: number }) {
  const pages = []
  for (let before: number | undefined; ;) {
    const page = await store.versions.list({ ...at, before })
    pages.push(page)
    if (page.next === null) return pages
    before = page.next
  }
}

const textsOf = async (store: Store, at: { roomId: string; seq: number }) =>
  (await historyOf(store, at)).flatMap(({ versions }) => versions.map(({ body }) => body))

export function versions(open: OpenStore): void {
  async function setting(...bodies: string[]) {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const sent = await store.messages.append(draftOf(lobby, bob, bodies[0]))
    const at = { roomId: lobby, seq: sent.seq }
    for (const body of bodies.slice(1)) await store.messages.edit({ ...at, body })
    return { store, reopen, lobby, ann, bob, sent, at }
  }

  it('keeps every text of a message with the time that it was written at, and who it names', async () => {
    const { store, reopen, sent, at, ann } = await setting('one', 'two')
    const edited = await store.messages.edit({ ...at, body: `three <@${ann.id}>` })
    const [history] = await historyOf(store, at)
    expect(history).toMatchObject({
      versions: [{ body: edited.body, writtenAt: edited.editedAt }, { body: 'two' }, { body: 'one' }],
      people: [ann],
      next: null,
    })
    expect(history?.versions.at(-1)?.writtenAt).toBe(sent.sentAt)
    const revs = history?.versions.map(({ rev }) => rev) ?? []
    expect(revs).toEqual(revs.toSorted((a, b) => b - a))
    expect(await historyOf(await reopen(), at)).toEqual([history])
  })

  it('has of a message that was never edited its one text, and adds none for the same text again', async () => {
    const { store, at } = await setting('one', 'one')
    expect(await textsOf(store, at)).toEqual(['one'])
  })

  it('keeps the newest texts of one that is edited over and over', async () => {
    const { store, at } = await setting(...range(1, VERSIONS + 5).map(String))
    expect(await textsOf(store, at)).toEqual(
      range(6, VERSIONS + 5)
        .reverse()
        .map(String),
    )
  })

  it('tells of long ones in pages', async () => {
    const { store, at } = await setting(...range(1, 40).map((i) => `${i} ${'.'.repeat(15_000)}`))
    const pages = await historyOf(store, at)
    expect(pages.length).toBeGreaterThan(1)
    const found = pages.flatMap(({ versions: page }) => page.map(({ body }) => Number.parseInt(body, 10)))
    expect(found).toEqual(range(1, 40).reverse())
  })

  it('tells nothing of what is deleted, nor of what is not there, and everything of what was put back', async () => {
    const { store, at, bob } = await setting('one', 'two')
    await store.messages.remove({ ...at, by: bob.id })
    for (const other of [at, { ...at, seq: 9 }, { ...at, roomId: 'nowhere' }])
      await expect(store.versions.list(other)).rejects.toEqual(refusal('not_found'))
    await store.messages.restore({ ...at, by: bob.id })
    expect(await textsOf(store, at)).toEqual(['two', 'one'])
  })

  it('goes with what is deleted in one act, and comes back with it', async () => {
    const { store, at, ann, bob } = await setting('one', 'two')
    const purge = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
    await expect(store.versions.list(at)).rejects.toEqual(refusal('not_found'))
    await store.moderation.undo(purge.id, ann.id)
    expect(await textsOf(store, at)).toEqual(['two', 'one'])
    await store.messages.edit({ ...at, body: 'three' })
    expect(await textsOf(store, at)).toEqual(['three', 'two', 'one'])
  })
}
