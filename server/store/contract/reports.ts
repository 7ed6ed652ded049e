import { expect, it } from 'vitest'
import { draftOf, hear, inhabit, refusal, type OpenStore } from './setting.ts'

export function reports(open: OpenStore): void {
  it('keeps a message as it stood when it was reported, once for each who reports it', async () => {
    const { store, reopen, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const { seq } = await store.messages.append(draftOf(lobby, bob, 'as it stood'))
    const commits = hear(store)
    const report = { roomId: lobby, seq, reporterId: cleo.id, reason: ' rude ' }
    await store.reports.make(report)
    await store.messages.edit({ roomId: lobby, seq, body: 'harmless' })
    for (const reporterId of [cleo.id, ann.id]) await store.reports.make({ ...report, reporterId, reason: '' })
    expect(commits.filter(({ reported }) => reported)).toHaveLength(2)
    const later = await reopen()
    const { reports: found, next } = await later.reports.list({ reader: ann.id, open: true, limit: 10 })
    const room = { id: lobby, name: 'Lobby', seq }
    const common = { room, authorId: bob.id, outcome: null, resolvedBy: null, resolvedAt: null }
    expect(found).toEqual([
      { ...common, id: found[0]?.id, at: found[0]?.at, reporterId: cleo.id, body: 'as it stood', reason: 'rude' },
      { ...common, id: found[1]?.id, at: found[1]?.at, reporterId: ann.id, body: 'harmless', reason: '' },
    ])
    expect(next).toBeNull()
    // Two reports of one message are one thing to look at.
    expect(await later.reports.count(ann.id)).toBe(1)
  })

  it('shows nobody what was reported of themselves', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { seq } = await store.messages.append(draftOf(lobby, ann))
    await store.reports.make({ roomId: lobby, seq, reporterId: bob.id, reason: '' })
    const [report] = (await store.reports.list({ reader: bob.id, open: true, limit: 10 })).reports
    expect(await store.reports.list({ reader: ann.id, open: true, limit: 10 })).toEqual({ reports: [], next: null })
    expect(await store.reports.count(ann.id)).toBe(0)
    const end = { id: report?.id ?? '', outcome: 'nothing', by: ann.id } as const
    await expect(store.reports.resolve(end)).rejects.toEqual(refusal('not_found'))
    await store.reports.resolve({ ...end, by: bob.id })
    expect((await store.audit.list({ reader: ann.id, limit: 10 })).entries).toEqual([])
    expect((await store.audit.list({ reader: bob.id, limit: 10 })).entries).toHaveLength(1)
  })

  it('names no room to who may not see it', async () => {
    const { store, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const { room } = await store.rooms.create({ name: 'Secret', topic: '', personId: bob.id, isPrivate: true })
    const { seq } = await store.messages.append(draftOf(room.id, bob))
    await store.reports.make({ roomId: room.id, seq, reporterId: cleo.id, reason: '' })
    const [report] = (await store.reports.list({ reader: ann.id, open: true, limit: 10 })).reports
    expect(report).toMatchObject({ body: 'hi', room: null })
    await store.reports.resolve({ id: report?.id ?? '', outcome: 'nothing', by: ann.id })
    expect(await store.audit.list({ reader: ann.id, limit: 10 })).toMatchObject({
      entries: [{ action: 'report:resolve', roomId: null }],
      rooms: {},
    })
  })

  it('deals with all reports of a message together, and erases what was copied', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    const { seq } = await store.messages.append(draftOf(lobby, bob, 'rude'))
    for (const { id } of [ann, cleo]) await store.reports.make({ roomId: lobby, seq, reporterId: id, reason: 'why' })
    const [first] = (await store.reports.list({ reader: ann.id, open: true, limit: 10 })).reports
    const end = { id: first?.id ?? '', outcome: 'muted', by: ann.id } as const
    const done = await store.reports.resolve(end)
    expect(done).toMatchObject({ outcome: 'muted', resolvedBy: ann.id, body: '', reason: '' })
    expect(await store.reports.resolve({ ...end, outcome: 'banned' })).toEqual(done)
    expect(await store.reports.count(ann.id)).toBe(0)
    const { reports: closed } = await store.reports.list({ reader: ann.id, open: false, limit: 10 })
    expect(closed.map(({ outcome, body }) => [outcome, body])).toEqual([
      ['muted', ''],
      ['muted', ''],
    ])
    await expect(store.reports.resolve({ ...end, id: 'none' })).rejects.toEqual(refusal('not_found'))
  })

  it('takes no report of what is not there, or not any more', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { seq } = await store.messages.append(draftOf(lobby, bob))
    await store.messages.remove({ roomId: lobby, seq })
    for (const which of [seq, 99])
      await expect(store.reports.make({ roomId: lobby, seq: which, reporterId: ann.id, reason: '' })).rejects.toEqual(
        refusal('not_found'),
      )
  })

  it('lists them in pages: the oldest first to be dealt with, then the newest that were', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    for (let i = 0; i < 5; i++) {
      const { seq } = await store.messages.append(draftOf(lobby, bob))
      await store.reports.make({ roomId: lobby, seq, reporterId: ann.id, reason: '' })
    }
    const pagesOf = async (which: boolean) => {
      const one = await store.reports.list({ reader: ann.id, open: which, limit: 3 })
      const two = await store.reports.list({ reader: ann.id, open: which, limit: 3, after: one.next ?? '' })
      expect(two.next).toBeNull()
      return [...one.reports, ...two.reports]
    }
    const all = await pagesOf(true)
    expect(new Set(all.map(({ id }) => id)).size).toBe(5)
    expect(all.map(({ at }) => at)).toEqual(all.map(({ at }) => at).toSorted((a, b) => a - b))
    for (const { id } of all) await store.reports.resolve({ id, outcome: 'nothing', by: ann.id })
    const ends = (await pagesOf(false)).map(({ resolvedAt }) => resolvedAt ?? 0)
    expect(ends).toEqual(ends.toSorted((a, b) => b - a))
    expect(ends).toHaveLength(5)
  })
}
