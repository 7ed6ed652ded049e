import { expect, it, vi } from 'vitest'
import { MESSAGE_LENGTH, PAGE_TEXT, REACTION_KINDS, REACTION_NAMES, REACTIONS } from '../../../protocol/limits.ts'
import { Message } from '../../../protocol/messages.ts'
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

/** So many kinds, each one emoji. */
const kinds = (count: number) => range(0, count - 1).map((i) => String.fromCodePoint(0x1f400 + i))

export function reactions(open: OpenStore): void {
  /** A message by ann in a kitchen that bob is in, and cleo is not. */
  async function setting() {
    const { store, reopen, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const kitchen = await roomOf(store, ann)
    await store.rooms.join(kitchen, bob.id)
    const sent = await store.messages.append(draftOf(kitchen, ann, `<@${bob.id}> cake`))
    const at = { roomId: kitchen, seq: sent.seq }
    const react = (personId: string, emoji: string, on = true) => store.reactions.set({ ...at, personId, emoji, on })
    const head = async () => (await store.rooms.heads([kitchen]))[kitchen]
    const get = async () => (await store.messages.get(kitchen, sent.seq))?.reactions
    return { store, reopen, ann, bob, cleo, kitchen, sent, at, react, head, get }
  }

  it('puts reactions to their message in the order of first use, with the room’s next revision, and tells it', async () => {
    const { store, reopen, ann, bob, kitchen, sent, react, head } = await setting()
    const before = await head()
    await react(bob.id, '🎂')
    await react(ann.id, '👍🏽')
    const commits = hear(store)
    const changed = Message.parse(await react(ann.id, '🎂'))
    const reactions = [
      { emoji: '🎂', by: [bob.id, ann.id] },
      { emoji: '👍🏽', by: [ann.id] },
    ]
    expect(changed).toEqual({ ...sent, rev: (before?.rev ?? 0) + 3, reactions })
    expect(await head()).toEqual({ seq: sent.seq, rev: changed.rev })
    expect(packetsOf(commits, kitchen)).toMatchObject([{ changes: [{ type: 'message:changed', message: changed }] }])
    for (const open of [async () => store, reopen]) {
      const one = await open()
      expect((await one.messages.list({ roomId: kitchen, limit: 5 })).messages).toEqual([changed])
      expect((await catchUp(one, kitchen, before?.rev ?? 0)).changes).toEqual([
        { type: 'message:changed', message: changed },
      ])
    }
  })

  it('changes nothing for what is as it should be, and leaves no kind that nobody uses', async () => {
    const { ann, bob, sent, react, head } = await setting()
    expect(await react(ann.id, '🎂', false)).toEqual(sent)
    const once = await react(ann.id, '🎂')
    expect(await react(ann.id, '🎂')).toEqual(once)
    expect(await head()).toMatchObject({ rev: once.rev })
    await react(bob.id, '🎂')
    expect((await react(ann.id, '🎂', false)).reactions).toEqual([{ emoji: '🎂', by: [bob.id] }])
    expect(await react(bob.id, '🎂', false)).not.toHaveProperty('reactions')
  })

  it('stays with a text that is changed, counts as nothing unread, and goes with a text that is deleted', async () => {
    const { store, ann, bob, kitchen, at, react, get } = await setting()
    await store.reads.advance({ roomId: kitchen, personId: bob.id, seq: 1 })
    await react(ann.id, '🎂')
    expect(await store.rooms.mineOne(bob.id, kitchen)).toMatchObject({ unread: 0, forYou: 0 })
    expect((await store.messages.edit({ ...at, body: 'pie' })).reactions).toEqual([{ emoji: '🎂', by: [ann.id] }])
    const deleted = await store.messages.remove(at)
    expect(deleted).not.toHaveProperty('reactions')
    await expect(react(bob.id, '🎂')).rejects.toEqual(refusal('not_found'))
    await expect(react(ann.id, '🎂', false)).rejects.toEqual(refusal('not_found'))
    expect(await get()).toBeUndefined()
  })

  it('goes with what many messages are deleted with, and is put back with it, but for who is gone meanwhile', async () => {
    const { store, ann, bob, cleo, kitchen, react, get } = await setting()
    await store.rooms.join(kitchen, cleo.id)
    for (const { id } of [cleo, bob, ann]) await react(id, '🎂')
    await react(cleo.id, '👋')
    const { id } = await store.moderation.purge({ personId: ann.id, by: bob.id, since: 0, roomId: kitchen })
    while ((await store.moderation.step(id)).state === 'deleting');
    expect(await get()).toBeUndefined()
    await store.people.remove(cleo.id)
    await store.moderation.undo(id, bob.id)
    while ((await store.moderation.step(id)).state === 'restoring');
    expect(await get()).toEqual([{ emoji: '🎂', by: [bob.id, ann.id] }])
    await store.people.remove(ann.id)
    await vi.waitFor(async () => expect(await get()).toEqual([{ emoji: '🎂', by: [bob.id] }]))
  })

  it('comes back with a text that whoever deleted it puts back', async () => {
    const { store, ann, bob, at, react } = await setting()
    const { reactions: before } = await react(bob.id, '🎂')
    expect(await store.messages.remove({ ...at, by: ann.id })).not.toHaveProperty('reactions')
    expect((await store.messages.restore({ ...at, by: ann.id })).reactions).toEqual(before)
    expect(await react(bob.id, '🎂', false)).not.toHaveProperty('reactions')
  })

  it('takes away what somebody reacted with who is gone, however much, and tells it', async () => {
    const { store, bob, ann, kitchen, at, react, get } = await setting()
    await Promise.all(range(1, 150).map(() => store.messages.append(draftOf(kitchen, ann))))
    const all = range(2, 151).map((seq) => ({ roomId: kitchen, seq }))
    for (const emoji of ['🎂', '👋']) await react(bob.id, emoji)
    await react(ann.id, '👋')
    await Promise.all(all.map((one) => store.reactions.set({ ...one, personId: bob.id, emoji: '🎂', on: true })))
    const commits = hear(store)
    await store.people.remove(bob.id)
    await vi.waitFor(async () => {
      const { messages } = await store.messages.list({ roomId: kitchen, limit: 100 })
      expect(messages.filter((one) => one.reactions)).toEqual([])
      expect(await get()).toEqual([{ emoji: '👋', by: [ann.id] }])
    }, 10_000)
    const told = packetsOf(commits, kitchen).flatMap(({ changes }) => changes)
    expect(told.filter(({ type }) => type === 'message:changed')).toHaveLength(151)
    expect(await store.messages.get(at.roomId, 2)).not.toHaveProperty('reactions')
  })

  it('refuses what is not there, is not theirs, or is closed, and has a limit for kinds and for all', async () => {
    const { store, ann, bob, cleo, kitchen, at, react } = await setting()
    const set = (given: object) => store.reactions.set({ ...at, personId: ann.id, emoji: '🎂', on: true, ...given })
    for (const given of [{ seq: 2 }, { roomId: 'nowhere' }, { personId: cleo.id }])
      await expect(set(given)).rejects.toEqual(refusal('not_found'))
    const [first = '', ...others] = kinds(REACTION_KINDS)
    await Promise.all([first, ...others].map((emoji) => react(ann.id, emoji)))
    await expect(react(bob.id, '🎂')).rejects.toEqual(refusal('forbidden'))
    await react(bob.id, first)
    await react(ann.id, others[0] ?? '', false)
    await react(bob.id, '🎂')
    await store.rooms.setWriting({ roomId: kitchen, whoWrites: 'managers' })
    await react(bob.id, '🎂', false)
    await store.moderation.mute({ personId: bob.id, roomId: kitchen, until: Date.now() + 60_000, by: ann.id })
    await expect(react(bob.id, first, false)).rejects.toEqual(refusal('forbidden'))
    await store.rooms.archive(kitchen, true)
    await expect(react(ann.id, '🎂')).rejects.toEqual(refusal('forbidden'))
  })

  it('takes no more than so many of one message, names the first of each, and pages by how long they are', async () => {
    const { store, ann, bob, kitchen, at, react } = await setting()
    const crowd = await Promise.all(
      range(1, REACTIONS / REACTION_KINDS).map(async (i) => {
        const person = await store.people.create({ name: `one of many ${i}`, role: 'member' })
        await store.rooms.join(kitchen, person.id)
        return person
      }),
    )
    const emoji = kinds(REACTION_KINDS)
    for (const { id } of crowd) await Promise.all(emoji.map((one) => react(id, one)))
    await expect(react(ann.id, emoji[0] ?? '')).rejects.toEqual(refusal('forbidden'))
    const { messages, people } = await store.messages.list({ roomId: kitchen, limit: 1 })
    expect(new Set(namesOf(people))).toEqual(new Set(['ann', 'bob', ...namesOf(crowd.slice(0, REACTION_NAMES))]))

    // As many as a page has room for beside the first one, and one more.
    const left = PAGE_TEXT - JSON.stringify(messages[0]?.reactions).length
    const body = 'x'.repeat(MESSAGE_LENGTH)
    for (let i = 0; i <= left / MESSAGE_LENGTH; i++) await store.messages.append(draftOf(at.roomId, bob, body))
    const page = await store.messages.list({ roomId: kitchen, after: 0, limit: 100 })
    expect(page.messages).toHaveLength(1 + Math.floor((left - (messages[0]?.body.length ?? 0)) / MESSAGE_LENGTH))
  }, 60_000)
}
