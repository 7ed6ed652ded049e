import { expect, it } from 'vitest'
import type { Message } from '../../../protocol/messages.ts'
import { draftOf, emptyCommit, hear, inhabit, range, refusal, sayMany, thingOf, type OpenStore } from './setting.ts'

export function commits(open: OpenStore): void {
  it('tells each commit once, in order, before the answers of that commit', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const happened: string[] = []
    store.onCommit(({ rooms }) => {
      for (const change of rooms.flatMap(({ changes }) => changes)) happened.push(`told ${thingOf(change).thing}`)
    })
    const sent = range(1, 60).map(async () => {
      const { seq } = await store.messages.append(draftOf(lobby, ann))
      happened.push(`answered message ${seq}`)
    })
    await Promise.all(sent)
    const told = happened.filter((what) => what.startsWith('told'))
    expect(told).toEqual(range(1, 60).map((seq) => `told message ${seq}`))
    for (const seq of range(1, 60))
      expect(happened.indexOf(`told message ${seq}`)).toBeLessThan(happened.indexOf(`answered message ${seq}`))
  })

  it('tells nothing before it can be read', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const read: Promise<Message | undefined>[] = []
    store.onCommit(({ rooms }) => {
      for (const change of rooms.flatMap(({ changes }) => changes)) {
        if (change.type !== 'message:changed') continue
        const after = change.message.seq - 1
        read.push(store.messages.list({ roomId: lobby, after, limit: 1 }).then(({ messages }) => messages[0]))
      }
    })
    const sent = await sayMany(store, lobby, ann, 20)
    expect(await Promise.all(read)).toEqual(sent)
  })

  it('tells every listener the same, and none that has stopped', async () => {
    const { store, lobby, ann } = await inhabit(open, 'ann')
    const [one, other, stopped] = [hear(store), hear(store), [] as unknown[]]
    const stop = store.onCommit((commit) => stopped.push(commit))
    await store.messages.append(draftOf(lobby, ann))
    stop()
    await store.messages.append(draftOf(lobby, ann))
    expect([one.length, stopped.length]).toEqual([2, 1])
    expect(other).toEqual(one)
  })

  it('tells nothing when nothing changed that is told', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const draft = draftOf(lobby, ann)
    await store.messages.append(draft)
    await store.reads.advance({ roomId: lobby, personId: bob.id, seq: 1 })
    const told = hear(store)
    await store.messages.append(draft)
    await store.rooms.join(lobby, bob.id)
    await store.sessions.create(bob.id)
    await store.reads.advance({ roomId: lobby, personId: bob.id, seq: 1 })
    await expect(store.messages.append({ ...draft, body: 'other' })).rejects.toEqual(refusal('conflict'))
    expect(told).toEqual([])
  })

  it('tells of somebody new both as a person and as a member', async () => {
    const { store, lobby } = await inhabit(open)
    const told = hear(store)
    const ann = await store.people.create({ name: 'ann', role: 'member' })
    const member = { roomId: lobby, personId: ann.id, rev: 2, present: true }
    expect(told).toEqual([
      {
        ...emptyCommit,
        rooms: [{ roomId: lobby, after: 1, rev: 2, changes: [{ type: 'member:changed', member }], people: [ann] }],
        people: { after: 0, rev: 1, people: [ann] },
      },
    ])
  })
}
