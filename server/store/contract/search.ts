import { expect, it } from 'vitest'
import type { Message } from '../../../protocol/messages.ts'
import { PREVIEW_LENGTH } from '../../../protocol/limits.ts'
import { searchedText } from '../../../protocol/searched.ts'
import { matches } from '../../search/matching.ts'
import { parse } from '../../search/query.ts'
import { unitsOf } from '../../search/units.ts'
import type { Store } from '../store.ts'
import { babble, dice, queriesFor } from './babble.ts'
import { draftOf, inhabit, range, roomOf, sayMany, type OpenStore } from './setting.ts'

const place = ({ roomId, seq }: Pick<Message, 'roomId' | 'seq'>) => `${roomId} ${seq}`

/** Everything that is found, page after page. */
export async function all(store: Store, personId: string, query: string, order: 'newest' | 'best' = 'newest') {
  const found: Message[] = []
  for (let after: string | undefined; ;) {
    const page = await store.search.find({ personId, query, order, after, limit: 7, zone: 'UTC' })
    expect(page.all).toBe(true)
    found.push(...page.hits.map(({ message }) => message))
    if (page.next === null) return found
    after = page.next
  }
}

export function search(open: OpenStore): void {
  it('finds exactly what matches, in any script, whatever has become of the messages', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, ann)
    const roll = dice(7)
    const texts = range(1, 600)
      .map(() => babble(roll))
      .filter((text) => text.trim() !== '')
    const sent = await Promise.all(
      texts.map((body, i) =>
        store.messages.append(draftOf(i % 3 === 0 ? kitchen : lobby, i % 2 === 0 ? ann : bob, body)).catch(() => null),
      ),
    )
    const there = sent.flatMap((message) => message ?? [])
    for (const message of there) {
      const what = roll(10)
      if (what === 0) await store.messages.remove(message)
      if (what === 1) await store.messages.edit({ ...message, body: `${babble(roll)}.` })
    }
    const now = await Promise.all(there.map(({ roomId, seq }) => store.messages.get(roomId, seq)))
    const readable = now.flatMap((message) => (message && !message.deleted ? message : []))
    const queries = queriesFor(roll, 150)
    const later = await reopen()
    let found = 0
    for (const query of queries) {
      const { terms } = parse(query)
      const expected = terms.length === 0 ? [] : readable.filter(({ body }) => matches(unitsOf(body), terms))
      const hits = await all(later, ann.id, query)
      expect(hits.map(place).sort(), query).toEqual(expected.map(place).sort())
      found += hits.length
    }
    expect(found).toBeGreaterThan(2_000)
  }, 60_000)

  it('tells each message in its newest state, with where it says it and whom it speaks of, newest first', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const first = await store.messages.append(draftOf(lobby, ann, `More tea, <@${bob.id}>`))
    const second = await store.messages.append(draftOf(lobby, bob, 'Teatime'))
    const find = { personId: ann.id, query: 'TEA', order: 'newest', limit: 10, zone: 'UTC' } as const
    const { hits, people, next, all: everything } = await store.search.find(find)
    expect(hits).toEqual([
      { message: second, marks: [[0, 7]], before: expect.objectContaining({ seq: first.seq, text: first.body }) },
      { message: first, marks: [[5, 8]], after: expect.objectContaining({ seq: second.seq, text: second.body }) },
    ])
    expect(people.map(({ id }) => id).sort()).toEqual([ann.id, bob.id].sort())
    expect([next, everything]).toEqual([null, true])
  })

  it('tells what stands around a message in its room, the beginning of it and by whom, and passes over what is deleted and who is blocked', async () => {
    const { store, lobby, ann, bob, eve } = await inhabit(open, 'ann', 'bob', 'eve')
    const kitchen = await roomOf(store, ann)
    const say = (author: typeof ann, body: string, roomId = lobby) =>
      store.messages.append(draftOf(roomId, author, body))
    const around = async (personId: string, query: string) => {
      const { hits, people } = await store.search.find({ personId, query, order: 'newest', limit: 5, zone: 'UTC' })
      return [hits.map(({ before, after }) => [before, after]), new Set(people.map(({ name }) => name))]
    }
    const told = (authorId: string, text: string) => expect.objectContaining({ authorId, text, deleted: false })
    const [question, noise, long] = [`Has <@${bob.id}> got it?`, 'noise', 'x'.repeat(5_000)]
    const [first, gone] = [await say(ann, question), await say(bob, 'secret')]
    await say(eve, noise)
    await say(ann, 'quetzal')
    await say(ann, 'kitchen', kitchen)
    await say(bob, long)
    await store.messages.remove(gone)
    const after = told(bob.id, long.slice(0, PREVIEW_LENGTH))
    expect(await around(ann.id, 'quetzal')).toEqual([[[told(eve.id, noise), after]], new Set(['ann', 'bob', 'eve'])])
    await store.blocks.set({ personId: ann.id, otherId: eve.id, blocked: true })
    expect(await around(ann.id, 'quetzal')).toEqual([[[told(ann.id, question), after]], new Set(['ann', 'bob'])])
    expect(await around(bob.id, 'quetzal')).toEqual([[[told(eve.id, noise), after]], new Set(['ann', 'bob', 'eve'])])
    await store.messages.remove(first)
    expect(await around(ann.id, 'quetzal')).toEqual([[[undefined, after]], new Set(['ann', 'bob'])])
    expect(await around(ann.id, 'kitchen')).toEqual([[[undefined, undefined]], new Set(['ann'])])
  })

  it('tells nothing that stands far from a message as if it stood beside it', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.messages.append(draftOf(lobby, ann, 'quetzal'))
    for (const message of await sayMany(store, lobby, bob, 20)) await store.messages.remove(message)
    await store.messages.append(draftOf(lobby, bob, 'far away'))
    const { hits } = await store.search.find({
      personId: ann.id,
      query: 'quetzal',
      order: 'newest',
      limit: 5,
      zone: 'UTC',
    })
    expect(hits.map(({ message, after }) => [message.seq, after])).toEqual([[1, undefined]])
  })

  it('finds nothing any more of what was deleted, edited away or in a room that is no more', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const kitchen = await roomOf(store, ann)
    const [gone, changed] = await Promise.all(
      ['quetzal one', 'quetzal two'].map((body) => store.messages.append(draftOf(lobby, ann, body))),
    )
    await store.messages.append(draftOf(kitchen, ann, 'quetzal three'))
    expect(await all(store, ann.id, 'quetzal')).toHaveLength(3)
    if (gone) await store.messages.remove(gone)
    if (changed) await store.messages.edit({ ...changed, body: 'another bird' })
    await store.rooms.remove(kitchen)
    expect(await all(store, ann.id, 'quetzal')).toEqual([])
    expect(await all(store, ann.id, 'bird')).toHaveLength(1)
  })

  it('finds a message by what it says now: by none of its former texts, not while it is withdrawn, and again when it is put back', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const { seq } = await store.messages.append(draftOf(lobby, ann, 'quetzal'))
    const at = { roomId: lobby, seq }
    await store.messages.edit({ ...at, body: 'parrot' })
    await store.messages.edit({ ...at, body: 'heron' })
    const found = async () => {
      const counts: number[] = []
      for (const query of ['quetzal', 'parrot', 'heron']) counts.push((await all(store, ann.id, query)).length)
      return counts
    }
    expect(await found()).toEqual([0, 0, 1])
    await store.messages.remove({ ...at, by: ann.id })
    expect(await found()).toEqual([0, 0, 0])
    await store.messages.restore({ ...at, by: ann.id })
    expect(await found()).toEqual([0, 0, 1])
  })

  it('finds what a poll asks and what files are called and show, with where in all of that it stands, until that goes', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const poll = { options: ['quetzal', 'heron'], multiple: false }
    const asked = await store.messages.append({ ...draftOf(lobby, ann, 'which?'), poll })
    const name = 'quetzal.txt'
    const limits = { unsent: 1, mine: 9, all: 9 }
    const { file } = await store.files.begin({ roomId: lobby, uploaderId: ann.id, name, size: 9, limits })
    await store.files.finish(file.id, { name, type: 'text/plain', size: 9 })
    const files = [{ id: file.id, alt: 'a heron' }]
    const shared = await store.messages.append({ ...draftOf(lobby, ann, ''), files })
    for (const query of ['quetzal', 'heron']) expect(await all(store, ann.id, query)).toEqual([shared, asked])
    const { hits } = await store.search.find({
      personId: ann.id,
      query: 'heron',
      order: 'newest',
      limit: 5,
      zone: 'UTC',
    })
    expect(
      hits.map(({ message, marks }) => marks.map(([start, end]) => searchedText(message).slice(start, end))),
    ).toEqual([['heron'], ['heron']])
    const voted = await store.polls.vote({ ...asked, personId: ann.id, options: [0] })
    expect(await all(store, ann.id, 'quetzal which')).toEqual([voted])
    for (const message of [asked, shared]) await store.messages.remove(message)
    expect(await all(store, ann.id, 'quetzal')).toEqual([])
  })

  it('finds again what was deleted in one act and is put back', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.messages.append(draftOf(lobby, bob, 'quetzal'))
    const { id } = await store.moderation.purge({ personId: bob.id, by: ann.id, since: 0, roomId: null })
    expect(await all(store, ann.id, 'quetzal')).toEqual([])
    await store.moderation.undo(id, ann.id)
    expect(await all(store, ann.id, 'quetzal')).toHaveLength(1)
  })

  it('puts first, where the best are asked for, what is most about it, on pages that go on where the last ended', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const bodies = [
      'tea tea tea',
      'tea and other things to drink',
      'team',
      ...range(1, 20).map((i) => `tea or coffee ${i}`),
    ]
    for (const body of bodies) await store.messages.append(draftOf(lobby, ann, body))
    const first = await store.search.find({ personId: ann.id, query: 'tea', order: 'best', limit: 5, zone: 'UTC' })
    expect(first.hits[0]?.message.body).toBe('tea tea tea')
    await store.messages.append(draftOf(lobby, ann, 'tea tea tea tea'))
    const rest = await store.search.find({
      personId: ann.id,
      query: 'tea',
      order: 'best',
      after: first.next ?? '',
      limit: 50,
      zone: 'UTC',
    })
    const seqs = [...first.hits, ...rest.hits].map(({ message }) => message.seq)
    expect(seqs.toSorted((a, b) => a - b)).toEqual(range(1, bodies.length))
    expect(seqs.at(-1)).toBe(3)
  })

  it('ends a search where a newer one of the same person comes, and nobody else’s', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await sayMany(store, lobby, ann, 10)
    const find = (personId: string) =>
      store.search.find({ personId, query: 'message', order: 'newest', limit: 5, zone: 'UTC' })
    const [, second, third, other] = await Promise.all([find(ann.id), find(ann.id), find(ann.id), find(bob.id)])
    expect(second).toMatchObject({ hits: [], all: false })
    for (const one of [third, other]) expect(one).toMatchObject({ hits: { length: 5 }, all: true })
  })

  it('knows the first message of a room since any time', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    expect(await store.search.firstSince({ roomId: lobby, time: 0 })).toBeNull()
    const sent = await sayMany(store, lobby, ann, 30)
    expect(await store.search.firstSince({ roomId: lobby, time: 0 })).toBe(1)
    expect(await store.search.firstSince({ roomId: lobby, time: Date.now() + 60_000 })).toBeNull()
    const { sentAt = 0 } = sent[20] ?? {}
    expect(await store.search.firstSince({ roomId: lobby, time: sentAt })).toBe(
      sent.find((one) => one.sentAt >= sentAt)?.seq,
    )
  })
}
