import { once } from 'node:events'
import { Router, type Response } from 'express'
import type { auditRequests } from '../protocol/audit.ts'
import { LIST_PAGE } from '../protocol/limits.ts'
import { mustBeSignedIn } from './identity.ts'
import { mustBeAtLeast } from './policy.ts'
import { sourceOf } from './socket/address.ts'
import type { Handlers, Place } from './socket/context.ts'
import { mustBeOurs } from './socket/origin.ts'

export const handlers: Handlers<typeof auditRequests> = {
  async 'audit:list'({ me, store }, { personId, after }) {
    mustBeAtLeast(me, 'admin')
    const { entries, rooms, next } = await store.audit.list({ reader: me.id, personId, after, limit: LIST_PAGE })
    const ids = entries.flatMap((entry) => [entry.by, entry.personId ?? entry.by])
    return { entries, rooms, next, people: await store.people.get(ids) }
  },
}

/** The whole of it, for a file of one's own. */
export function routes({ store, config, limits }: Place): Router {
  const router = Router()

  router.get('/api/audit', async (request, response) => {
    mustBeOurs(request, config)
    await limits.take('requests', sourceOf(request, config))
    /** Asked before every page: who has lost the right meanwhile gets no more. */
    const reader = async () => {
      const me = await mustBeSignedIn(store, config, request.headers.cookie)
      mustBeAtLeast(me, 'admin')
      return me
    }
    let me = await reader()
    response.setHeader('Content-Disposition', 'attachment; filename="natter-audit.jsonl"').type('application/x-ndjson')
    for (let after: number | undefined; !response.destroyed; me = await reader()) {
      const { entries, next } = await store.audit.list({ reader: me.id, after, limit: LIST_PAGE })
      await write(response, entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''))
      if (next === null) break
      after = next
    }
    response.end()
  })

  return router
}

/** As fast as it is read. */
async function write(response: Response, text: string): Promise<void> {
  if (text === '' || response.write(text)) return
  await Promise.race([once(response, 'drain'), once(response, 'close')])
}
