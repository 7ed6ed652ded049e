import { expect, it } from 'vitest'
import { OwnEmojiList } from '../../../protocol/emoji.ts'
import { OWN_EMOJI } from '../../../protocol/limits.ts'
import type { Picture } from '../profiles.ts'
import { draftOf, hear, inhabit, refusal, type OpenStore } from './setting.ts'

const pictureOf = (text: string): Picture => ({ type: 'image/webp', bytes: Uint8Array.from(Buffer.from(text)) })

export function emoji(open: OpenStore): void {
  /** Ann looks after the place, bob does not. */
  async function setting() {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'admin')
    const add = (name: string, picture = name, still: string | null = null, by = ann.id) =>
      store.emoji.add({ name, picture: pictureOf(picture), still: still === null ? null : pictureOf(still), by })
    return { store, reopen, lobby, ann, bob, add }
  }

  it('has none at first, then those that were added, by name, with a revision that rises, also after a restart', async () => {
    const { store, reopen, add } = await setting()
    expect(await store.emoji.list()).toEqual({ rev: 0, emoji: [] })
    expect(await store.place.get()).not.toHaveProperty('emojiRev')
    const commits = hear(store)
    const [wave, cat] = [await add('wave'), await add('cat', 'cat that moves', 'cat')]
    expect(wave).toEqual({ name: 'wave', picture: expect.stringMatching(/^[\w-]{22}$/) })
    expect(cat.still).not.toBe(cat.picture)
    expect(commits.map(({ place }) => place?.emojiRev)).toEqual([1, 2])
    const list = OwnEmojiList.parse(await store.emoji.list())
    expect(list).toEqual({ rev: 2, emoji: [cat, wave] })
    const again = await reopen()
    expect(await again.emoji.list()).toEqual(list)
    expect(await again.place.get()).toMatchObject({ emojiRev: 2 })
    expect(await again.profiles.picture(cat.still ?? '')).toEqual(pictureOf('cat'))
  })

  it('has each name once, and takes none from who looks after nothing', async () => {
    const { store, bob, add } = await setting()
    await add('cat')
    const commits = hear(store)
    await expect(add('cat', 'another')).rejects.toEqual(refusal('name_taken'))
    await expect(add('dog', 'dog', null, bob.id)).rejects.toEqual(refusal('forbidden'))
    await expect(store.emoji.remove('cat', bob.id)).rejects.toEqual(refusal('forbidden'))
    expect(commits).toEqual([])
    expect(await store.emoji.list()).toMatchObject({ rev: 1, emoji: [{ name: 'cat' }] })
  })

  it('takes so many, and another one where one has gone', async () => {
    const { store, ann, add } = await setting()
    await Promise.all(Array.from({ length: OWN_EMOJI }, (_, i) => add(`n${i}`, 'same')))
    await expect(add('more')).rejects.toEqual(refusal('forbidden'))
    await store.emoji.remove('n7', ann.id)
    await add('more')
    expect((await store.emoji.list()).emoji).toHaveLength(OWN_EMOJI)
  })

  it('takes one away once, and its pictures where nobody else has them', async () => {
    const { store, ann, bob, add } = await setting()
    const { picture, still = '' } = await add('cat', 'moves', 'cat')
    await store.profiles.setPicture(bob.id, pictureOf('cat'))
    const commits = hear(store)
    expect(await store.emoji.remove('cat', ann.id)).toEqual({ rev: 2, emoji: [] })
    expect(await store.emoji.remove('cat', ann.id)).toEqual({ rev: 2, emoji: [] })
    expect(commits.map(({ place }) => place?.emojiRev)).toEqual([2])
    expect(await store.profiles.picture(picture)).toBeNull()
    expect(await store.profiles.picture(still)).toEqual(pictureOf('cat'))
    // And the other way round: an emoji keeps the picture that somebody had.
    await add('cat', 'cat')
    await store.profiles.setPicture(bob.id, null)
    expect(await store.profiles.picture(still)).toEqual(pictureOf('cat'))
  })

  it('is reacted with as long as it is there, and taken away again after that', async () => {
    const { store, lobby, ann, bob, add } = await setting()
    const { seq } = await store.messages.append(draftOf(lobby, ann, 'Look'))
    const react = (personId: string, on = true) =>
      store.reactions.set({ roomId: lobby, seq, emoji: ':cat:', on, personId })
    await expect(react(ann.id)).rejects.toEqual(refusal('invalid'))
    await add('cat')
    await react(ann.id)
    expect((await react(bob.id)).reactions).toEqual([{ emoji: ':cat:', by: [ann.id, bob.id] }])
    await store.emoji.remove('cat', ann.id)
    expect((await react(ann.id, false)).reactions).toEqual([{ emoji: ':cat:', by: [bob.id] }])
    await expect(react(ann.id)).rejects.toEqual(refusal('invalid'))
  })

  it('is noted with who added and who took it away', async () => {
    const { store, ann, add } = await setting()
    await add('cat')
    await store.emoji.remove('cat', ann.id)
    const { entries } = await store.audit.list({ reader: ann.id, limit: 2 })
    expect(entries.map(({ action, by, details }) => ({ action, by, details }))).toEqual([
      { action: 'emoji:remove', by: ann.id, details: { name: 'cat' } },
      { action: 'emoji:add', by: ann.id, details: { name: 'cat' } },
    ])
  })
}
