import { Refusal } from '../protocol/errors.ts'
import type { reportRequests } from '../protocol/reports.ts'
import { mustBeAtLeast, mustBeVisible } from './policy.ts'
import type { Handlers } from './socket/context.ts'

/** Each may be as long as a message. */
const REPORT_PAGE = 10

export const handlers: Handlers<typeof reportRequests> = {
  async 'report:make'({ me, store, place }, { roomId, seq, reason }) {
    await mustBeVisible(store, me, roomId)
    const message = await store.messages.get(roomId, seq)
    if (message?.authorId === me.id) throw new Refusal('forbidden', 'What you wrote yourself you can delete.')
    await place.limits.take('reports', me.id)
    await store.reports.make({ roomId, seq, reporterId: me.id, reason })
    return {}
  },

  async 'report:list'({ me, store }, { open, after }) {
    mustBeAtLeast(me, 'admin')
    const { reports, next } = await store.reports.list({ reader: me.id, open, after, limit: REPORT_PAGE })
    const ids = reports.flatMap(({ authorId, reporterId, resolvedBy }) => [
      authorId,
      reporterId,
      resolvedBy ?? authorId,
    ])
    return { reports, people: await store.people.get(ids), next }
  },

  async 'report:resolve'({ me, store }, { id, outcome }) {
    mustBeAtLeast(me, 'admin')
    return store.reports.resolve({ id, outcome, by: me.id })
  },
}
