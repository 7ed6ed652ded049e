import { expect, it } from 'vitest'
import { HERE_LIMIT, MENTION_LIMIT, UNREAD_LIMIT } from '../../../protocol/limits.ts'
import type { Message } from '../../../protocol/messages.ts'
import type { Person } from '../../../protocol/people.ts'
import type { Store } from '../store.ts'
import {
  catchUp,
  draftOf,
  hear,
  inhabit,
  namesOf,
  packetsOf,
  range,
  refusal,
  roomOf,
  type OpenStore,
} from './setting.ts'

const to = (...people: Person[]) => people.map(({ id }) => `<@${id}>`).join(' ')

export function mentions(open: OpenStore): void {
  /** Ann and bob in a kitchen that cleo is not in. */
  async function setting() {
    const { store, reopen, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const kitchen = await roomOf(store, ann)
    await store.rooms.join(kitchen, bob.id)
    const say = (author: Person, body: string, here?: string[]) =>
      store.messages.append({ ...draftOf(kitchen, author, body), here })
    const countsOf = async ({ id }: Person) => {
      const mine = await store.rooms.mineOne(id, kitchen)
      return mine && [mine.unread, mine.forYou]
    }
    const foundBy = ({ id }: Person, from: Store = store) => allOf(from, id)
    return { store, reopen, ann, bob, cleo, kitchen, say, countsOf, foundBy }
  }

  async function allOf(store: Store, personId: string): Promise<Message[]> {
    const found: Message[] = []
    for (let after: string | undefined; ;) {
      const page = await store.forYou.list({ personId, after, limit: 3 })
      found.push(...page.messages)
      if (page.next === null) return found
      after = page.next
    }
  }

  it('knows whom a text names of those in the room, tells it to all, and is found by them', async () => {
    const { store, reopen, ann, bob, cleo, kitchen, say, countsOf, foundBy } = await setting()
    const commits = hear(store)
    const sent = await say(ann, `${to(bob, cleo)} <@nobody> look`)
    expect(sent.mentions).toEqual([bob.id])
    const [packet] = packetsOf(commits, kitchen)
    expect(packet?.changes).toEqual([{ type: 'message:changed', message: sent }])
    expect(namesOf(packet?.people ?? []).toSorted()).toEqual(['ann', 'bob', 'cleo'])
    expect(await countsOf(bob)).toEqual([1, 1])
    for (const opened of [() => store, reopen]) {
      const one = await opened()
      expect(await foundBy(bob, one)).toEqual([sent])
      expect([await foundBy(ann, one), await foundBy(cleo, one)]).toEqual([[], []])
      expect([await one.forYou.any(bob.id), await one.forYou.any(cleo.id)]).toEqual([true, false])
    }
  })

  it('has no list for a message that mentions nobody', async () => {
    const { ann, cleo, say } = await setting()
    for (const body of ['hello', to(cleo), '<@room> <@here>', '<@__proto__>'])
      expect(await say(ann, body)).not.toHaveProperty('mentions')
  })

  it('follows an edit and a deletion, for those who were away too', async () => {
    const { store, ann, bob, kitchen, say, countsOf, foundBy } = await setting()
    const { seq } = await say(ann, 'look')
    const since = (await store.rooms.heads([kitchen]))[kitchen]?.rev ?? 0
    const edited = await store.messages.edit({ roomId: kitchen, seq, body: `${to(bob)} look` })
    expect([edited.mentions, await countsOf(bob), await foundBy(bob)]).toEqual([[bob.id], [1, 1], [edited]])
    expect((await catchUp(store, kitchen, since)).changes).toEqual([{ type: 'message:changed', message: edited }])
    await store.messages.edit({ roomId: kitchen, seq, body: 'never mind' })
    expect([await countsOf(bob), await foundBy(bob)]).toEqual([[1, 0], []])
    await store.messages.edit({ roomId: kitchen, seq, body: `after all, ${to(bob)}` })
    expect(await countsOf(bob)).toEqual([1, 1])
    expect(await store.messages.remove({ roomId: kitchen, seq })).not.toHaveProperty('mentions')
    expect([await countsOf(bob), await foundBy(bob), await store.forYou.any(bob.id)]).toEqual([[0, 0], [], false])
  })

  it('reaches everybody in the room, and who is here, for those who may call them', async () => {
    const { store, ann, bob, cleo, kitchen, say, countsOf, foundBy } = await setting()
    const all = await say(ann, '<@room> tea', [])
    expect(all.mentions).toEqual(['room'])
    const here = await say(ann, '<@here> biscuits', [ann.id, cleo.id])
    expect(here.mentions, 'nobody of the room but who calls').toEqual(['here'])
    const both = await say(ann, '<@here> more', [ann.id, bob.id])
    expect(both.mentions).toEqual(['here', bob.id])
    expect([await countsOf(bob), await foundBy(bob), await foundBy(ann)]).toEqual([[3, 2], [both, all], []])
    const edited = await store.messages.edit({ roomId: kitchen, seq: both.seq, body: '<@here> and more' })
    expect(edited.mentions, 'whom it called it goes on calling').toEqual(['here', bob.id])
  })

  it('tells whoever joins nothing of what was said to everybody before', async () => {
    const { store, ann, bob, cleo, kitchen, say, countsOf, foundBy } = await setting()
    await say(ann, '<@room> before', [])
    await store.rooms.join(kitchen, cleo.id)
    expect([await foundBy(cleo), await store.forYou.any(cleo.id), await countsOf(cleo)]).toEqual([[], false, [0, 0]])
    const since = await say(bob, '<@room> since', [])
    expect([await foundBy(cleo), await countsOf(cleo)]).toEqual([[since], [1, 1]])
  })

  it('finds nothing of a room that somebody has left, and again what was said to them when they are back', async () => {
    const { store, ann, bob, kitchen, say, countsOf, foundBy } = await setting()
    const named = await say(ann, to(bob))
    await store.rooms.leave(kitchen, bob.id)
    expect([await foundBy(bob), await countsOf(bob)]).toEqual([[], null])
    expect(await say(ann, to(bob))).not.toHaveProperty('mentions')
    await store.rooms.join(kitchen, bob.id)
    expect([await foundBy(bob), await countsOf(bob)]).toEqual([[named], [0, 0]])
  })

  it('pages through all rooms, newest first, each message once', async () => {
    const { store, ann, bob, kitchen, say, foundBy } = await setting()
    const lobby = (await store.rooms.default()).id
    const sent: Message[] = []
    for (const i of range(1, 12))
      sent.push(i % 3 ? await say(ann, `${to(bob)} ${i}`) : await store.messages.append(draftOf(lobby, ann, to(bob))))
    const found = await foundBy(bob)
    expect(found.map(({ roomId, seq }) => `${roomId} ${seq}`).toSorted()).toEqual(
      sent.map(({ roomId, seq }) => `${roomId} ${seq}`).toSorted(),
    )
    expect(found.map(({ sentAt }) => sentAt)).toEqual(sent.map(({ sentAt }) => sentAt).toSorted((a, b) => b - a))
    const inKitchen = found.filter(({ roomId }) => roomId === kitchen).map(({ seq }) => seq)
    expect(inKitchen).toEqual(inKitchen.toSorted((a, b) => b - a))
    expect(await store.forYou.list({ personId: bob.id, after: 'no cursor', limit: 100 })).toMatchObject({ next: null })
  })

  it('counts all of a direct room, and of others what mentions somebody, up to the limit', async () => {
    const { store, ann, bob, say, countsOf, kitchen } = await setting()
    const { room } = await store.rooms.direct(ann.id, bob.id)
    await store.messages.append({ ...draftOf(room.id, ann, '<@room> hello'), here: [] })
    expect(await store.rooms.mineOne(bob.id, room.id)).toMatchObject({ unread: 1, forYou: 1 })
    await Promise.all(range(1, UNREAD_LIMIT + 5).map(() => say(ann, to(bob))))
    expect(await countsOf(bob)).toEqual([UNREAD_LIMIT, UNREAD_LIMIT])
    await say(bob, 'read')
    await say(ann, to(bob))
    await say(ann, 'and this')
    expect(await countsOf(bob)).toEqual([2, 1])
    expect(await store.reads.advance({ roomId: kitchen, personId: bob.id, seq: 0 })).toMatchObject({ forYou: 1 })
  })

  it('bounds how many a message mentions, and how many it calls', async () => {
    const { store, ann, bob, kitchen, say } = await setting()
    const crowd = await Promise.all(
      range(1, HERE_LIMIT + 1).map((i) => store.people.create({ name: `guest ${i}`, role: 'member' })),
    )
    await Promise.all(crowd.map(({ id }) => store.rooms.join(kitchen, id)))
    expect((await say(ann, to(...crowd))).mentions).toHaveLength(MENTION_LIMIT)
    const ids = crowd.map(({ id }) => id)
    await expect(say(ann, '<@here>', ids)).rejects.toEqual(refusal('forbidden'))
    expect((await say(bob, '<@here>', ids.slice(1))).mentions).toHaveLength(1 + HERE_LIMIT)
  })

  it('lets whoever called all they may, and named others beside them, edit that, and puts it back after a purge', async () => {
    const { store, ann, bob, kitchen, say } = await setting()
    const crowd = await Promise.all(
      range(1, HERE_LIMIT).map((i) => store.people.create({ name: `guest ${i}`, role: 'member' })),
    )
    await Promise.all(crowd.map(({ id }) => store.rooms.join(kitchen, id)))
    const ids = crowd.map(({ id }) => id)
    const { seq, mentions = [] } = await say(ann, `<@here> ${to(bob)} teh tea`, ids)
    expect(new Set(mentions)).toEqual(new Set(['here', bob.id, ...ids]))
    const edited = await store.messages.edit({ roomId: kitchen, seq, body: '<@here> the tea' })
    expect(new Set(edited.mentions), 'whom it reached it goes on reaching').toEqual(new Set(mentions))
    const purge = await store.moderation.purge({ personId: ann.id, by: ann.id, since: 0, roomId: kitchen })
    expect(purge.state).toBe('deleted')
    expect(await store.moderation.undo(purge.id, ann.id)).toMatchObject({ state: 'restored', done: 1 })
    expect(await store.messages.get(kitchen, seq)).toMatchObject({ body: edited.body, mentions: edited.mentions })
  })
}
