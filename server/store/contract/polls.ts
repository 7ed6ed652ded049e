import { expect, it, vi } from 'vitest'
import { MESSAGE_LENGTH, PAGE_TEXT, POLL_MOST, POLL_VOTES } from '../../../protocol/limits.ts'
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

const lunch = { options: ['Soup', 'Cake', 'Both'], multiple: false }

export function polls(open: OpenStore): void {
  /** Ann asks in a kitchen that bob is in, and cleo is not. */
  async function setting(poll = lunch) {
    const { store, reopen, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const kitchen = await roomOf(store, ann)
    await store.rooms.join(kitchen, bob.id)
    const draft = { ...draftOf(kitchen, ann, `Lunch, <@${bob.id}>?`), poll }
    const asked = await store.messages.append(draft)
    const at = { roomId: kitchen, seq: asked.seq }
    const vote = (personId: string, ...options: number[]) => store.polls.vote({ ...at, personId, options })
    const votes = async () => (await store.messages.get(kitchen, asked.seq))?.poll?.votes
    return { store, reopen, ann, bob, cleo, kitchen, draft, asked, at, vote, votes }
  }

  it('asks something in which nobody has voted, and is the same question under the same key', async () => {
    const { store, ann, draft, asked } = await setting()
    expect(Message.parse(asked).poll).toEqual({ ...lunch, votes: [[], [], []] })
    expect(await store.messages.append(draft)).toEqual(asked)
    for (const other of [{ options: ['Soup', 'Cake'], multiple: false }, { ...lunch, multiple: true }, undefined])
      await expect(store.messages.append({ ...draft, poll: other })).rejects.toEqual(refusal('conflict'))
    const mine = (await store.rooms.mine(ann.id)).find(({ room }) => room.id === asked.roomId)
    expect(mine?.last).toMatchObject({ poll: true, seq: asked.seq })
  })

  it('tells the newest vote of each with the room’s next revision, and nothing for what is as it should be', async () => {
    const { store, reopen, ann, bob, kitchen, asked, vote } = await setting()
    await vote(bob.id, 0)
    await vote(ann.id, 1)
    const commits = hear(store)
    const changed = await vote(bob.id, 1)
    expect(changed).toEqual({ ...asked, rev: asked.rev + 3, poll: { ...lunch, votes: [[], [ann.id, bob.id], []] } })
    expect(await vote(bob.id, 1, 1)).toEqual(changed)
    expect(packetsOf(commits, kitchen)).toMatchObject([{ changes: [{ message: changed }] }])
    for (const open of [async () => store, reopen]) {
      const one = await open()
      const page = await one.messages.list({ roomId: kitchen, limit: 5 })
      expect(page.messages).toEqual([changed])
      expect(new Set(namesOf(page.people))).toEqual(new Set(['ann', 'bob']))
      expect((await catchUp(one, kitchen, asked.rev)).changes).toEqual([{ type: 'message:changed', message: changed }])
    }
  })

  it('takes a vote back, and several where one may choose several', async () => {
    const { bob, vote, votes } = await setting({ ...lunch, multiple: true })
    await vote(bob.id, 2, 0)
    expect(await votes()).toEqual([[bob.id], [], [bob.id]])
    await vote(bob.id)
    expect(await votes()).toEqual([[], [], []])
  })

  it('keeps votes when the question is put in other words, and loses all when it is deleted', async () => {
    const { store, ann, bob, at, draft, vote, votes } = await setting()
    await vote(bob.id, 1)
    const edited = await store.messages.edit({ ...at, body: 'Dinner?' })
    expect(edited).toMatchObject({ body: 'Dinner?', poll: { ...lunch, votes: [[], [bob.id], []] } })
    expect(await store.messages.append(draft)).toEqual(edited)
    expect(await store.messages.remove({ ...at, by: ann.id })).not.toHaveProperty('poll')
    await expect(vote(ann.id, 1)).rejects.toEqual(refusal('not_found'))
    await expect(store.polls.close({ ...at, by: ann.id })).rejects.toEqual(refusal('not_found'))
    await store.messages.restore({ ...at, by: ann.id })
    expect(await votes()).toEqual([[], [bob.id], []])
  })

  it('goes with what many messages are deleted with and comes back, but for votes of who is gone', async () => {
    const { store, ann, bob, cleo, kitchen, vote, votes } = await setting()
    await store.rooms.join(kitchen, cleo.id)
    for (const { id } of [cleo, bob]) await vote(id, 2)
    const { id } = await store.moderation.purge({ personId: ann.id, by: bob.id, since: 0, roomId: kitchen })
    while ((await store.moderation.step(id)).state === 'deleting');
    expect(await votes()).toBeUndefined()
    await store.people.remove(cleo.id)
    await store.moderation.undo(id, bob.id)
    while ((await store.moderation.step(id)).state === 'restoring');
    expect(await votes()).toEqual([[], [], [bob.id]])
    await store.people.remove(bob.id)
    await vi.waitFor(async () => expect(await votes()).toEqual([[], [], []]))
  })

  it('keeps a vote where a reaction of the same person is taken away, and finds it when they are gone', async () => {
    const { store, bob, at, vote, votes } = await setting()
    await vote(bob.id, 0)
    const react = (on: boolean) => store.reactions.set({ ...at, personId: bob.id, emoji: '🎂', on })
    await react(true)
    expect((await react(false)).poll?.votes).toEqual([[bob.id], [], []])
    await store.people.remove(bob.id)
    await vi.waitFor(async () => expect(await votes()).toEqual([[], [], []]))
  })

  it('is closed once, by the first who does, and nobody votes in it then', async () => {
    const { store, ann, bob, at, vote } = await setting()
    await vote(bob.id, 0)
    const closed = await store.polls.close({ ...at, by: bob.id })
    expect(closed.poll).toEqual({ ...lunch, votes: [[bob.id], [], []], closed: { by: bob.id, at: expect.any(Number) } })
    expect(await store.polls.close({ ...at, by: ann.id })).toEqual(closed)
    await expect(vote(ann.id, 0)).rejects.toEqual(refusal('forbidden'))
    await expect(vote(bob.id)).rejects.toEqual(refusal('forbidden'))
  })

  it('refuses what is not there, is not theirs, or is closed to them', async () => {
    const { store, ann, bob, cleo, kitchen, at, vote } = await setting()
    const { seq: plain } = await store.messages.append(draftOf(kitchen, ann))
    for (const given of [{ seq: plain }, { seq: 9 }, { roomId: 'nowhere' }, { personId: cleo.id }])
      await expect(store.polls.vote({ ...at, personId: ann.id, options: [0], ...given })).rejects.toEqual(
        refusal('not_found'),
      )
    await expect(store.polls.close({ roomId: kitchen, seq: plain, by: ann.id })).rejects.toEqual(refusal('not_found'))
    await expect(vote(ann.id, 3)).rejects.toEqual(refusal('invalid'))
    await expect(vote(ann.id, 0, 1)).rejects.toEqual(refusal('invalid'))
    await store.moderation.mute({ personId: bob.id, roomId: kitchen, until: Date.now() + 60_000, by: ann.id })
    await expect(vote(bob.id)).rejects.toEqual(refusal('forbidden'))
    await store.rooms.archive(kitchen, true)
    await expect(vote(ann.id)).rejects.toEqual(refusal('forbidden'))
  })

  it('takes so many votes at most, and pages by how long they are', async () => {
    const options = range(1, POLL_MOST).map(String)
    const { store, ann, bob, kitchen, vote } = await setting({ options, multiple: true })
    const all = range(0, POLL_MOST - 1)
    await Promise.all(
      range(1, POLL_VOTES / POLL_MOST).map(async (i) => {
        const { id } = await store.people.create({ name: `one of many ${i}`, role: 'member' })
        await store.rooms.join(kitchen, id)
        await vote(id, ...all)
      }),
    )
    await expect(vote(ann.id, 1)).rejects.toEqual(refusal('forbidden'))
    const { messages, people } = await store.messages.list({ roomId: kitchen, limit: 1 })
    expect(people.length).toBeLessThan(20)
    // As many as a page has room for beside it, and one more.
    const left = PAGE_TEXT - JSON.stringify(messages[0]?.poll).length
    const body = 'x'.repeat(MESSAGE_LENGTH)
    for (let i = 0; i <= left / MESSAGE_LENGTH; i++) await store.messages.append(draftOf(kitchen, bob, body))
    const page = await store.messages.list({ roomId: kitchen, after: 0, limit: 100 })
    expect(page.messages).toHaveLength(1 + Math.floor((left - (messages[0]?.body.length ?? 0)) / MESSAGE_LENGTH))
  }, 60_000)
}
