import { setImmediate as turn, setTimeout as after } from 'node:timers/promises'
import { Refusal } from '../protocol/errors.ts'
import { DAY, LIST_PAGE } from '../protocol/limits.ts'
import type { moderationRequests } from '../protocol/moderation.ts'
import { knownElsewhere, knownHere } from './presence/board.ts'
import { looksAfter, moderationOf, mustBeAtLeast, mustBeOver, mustLookAfter, seenOf } from './policy.ts'
import { personOf, type Handlers, type Listeners, type Place } from './socket/context.ts'

const WITHIN = { day: DAY, week: 7 * DAY, ever: Infinity }

export const handlers: Handlers<typeof moderationRequests> = {
  async 'moderation:mute'({ me, store }, { personId, roomId, milliseconds }) {
    await mustBeOver(store, me, personId, roomId)
    return store.moderation.mute({ personId, roomId, until: Date.now() + milliseconds, by: me.id })
  },

  async 'moderation:unmute'({ me, store }, { personId, roomId }) {
    await mustBeOver(store, me, personId, roomId)
    await store.moderation.unmute({ personId, roomId, by: me.id })
    return {}
  },

  async 'moderation:ban'({ me, store, place }, { personId, addressDays }) {
    await mustBeOver(store, me, personId, null)
    const addresses = addressDays === null ? [] : await addressesOf(place, personId)
    const until = Date.now() + (addressDays ?? 0) * DAY
    const person = await store.moderation.ban({ personId, by: me.id, addresses, until })
    return { person, address: addresses.length > 0 }
  },

  async 'moderation:lift'({ me, store }, { personId }) {
    // They come back as what they are by now: who looked after the place as a member.
    await mustBeOver(store, me, personId, null)
    return store.moderation.lift(personId, me.id)
  },

  async 'moderation:bans'({ me, store }, { after: from }) {
    mustBeAtLeast(me, 'admin')
    return store.moderation.bans({ after: from, limit: LIST_PAGE })
  },

  async 'moderation:about'({ me, store }, { personId, roomId }) {
    await mustLookAfter(store, me, roomId)
    const [mutes, purges, banned] = await Promise.all([
      store.moderation.mutes(personId),
      store.moderation.purges(personId),
      looksAfter(me) && store.moderation.isBanned(personId),
    ])
    const mine = <T extends { roomId: string | null }>(all: T[]) =>
      roomId === null ? seenOf(store, me, all) : all.filter((one) => one.roomId === roomId)
    return { mutes: await mine(mutes), purges: await mine(purges), banned }
  },

  async 'moderation:purge'({ me, store, place }, { personId, roomId, within }) {
    await mustBeOver(store, me, personId, roomId)
    const since = Math.max(0, Date.now() - WITHIN[within])
    const purge = await store.moderation.purge({ personId, roomId, since, by: me.id })
    void finish(place, purge.id)
    return purge
  },

  async 'moderation:undo'({ me, store, place }, { id }) {
    const purge = await store.moderation.getPurge(id)
    const [seen] = purge ? await seenOf(store, me, [purge]) : []
    if (!seen) throw new Refusal('not_found', 'No such deletion.')
    await mustLookAfter(store, me, seen.roomId)
    const undone = await store.moderation.undo(id, me.id)
    void finish(place, id)
    return undone
  },
}

export const listeners: Listeners = {
  started(place) {
    void resume(place)
  },

  committed(place, { moderated, reported, people, rooms }) {
    // Of a room they come into they learn that they only read there, and of one they leave no more.
    const moved = rooms.flatMap(({ changes }) =>
      changes.flatMap((change) => (change.type === 'member:changed' ? change.member.personId : [])),
    )
    const changed = new Set([...moderated, ...moved, ...(people?.people ?? []).map(({ id }) => id)])
    if (changed.size === 0 && !reported) return
    const told = new Set<string>()
    for (const { data } of place.io.sockets.sockets.values()) {
      const { me, tutorial } = data
      if (tutorial || told.has(me.id)) continue
      if (!changed.has(me.id) && !(reported && looksAfter(me))) continue
      told.add(me.id)
      tell(place, me.id).catch((error: unknown) => {
        place.log.warn('moderation not told', { personId: me.id, error: String(error) })
      })
    }
  },
}

async function tell({ io, store }: Place, personId: string): Promise<void> {
  const [me] = await store.people.get([personId])
  if (me && !me.gone) io.to(personOf(personId)).emit('moderation:changed', await moderationOf(store, me))
}

/** Where somebody is connected from just now, except where somebody is who looks after the place: it may be the one door of all. */
async function addressesOf(place: Place, personId: string): Promise<string[]> {
  const { board, store } = place
  const from = (id: string) => [knownHere(place, id) ?? [], knownElsewhere(place, id)].flat().flatMap((one) => one.from)
  const theirs = new Set(from(personId))
  const beside = [...board.entries.keys()].filter((id) => id !== personId && from(id).some((one) => theirs.has(one)))
  const needed = new Set((await store.people.get(beside)).filter(looksAfter).flatMap(({ id }) => from(id)))
  return [...theirs].filter((address) => !needed.has(address))
}

/** Before what the disk refused is tried again. Milliseconds. */
const AGAIN = 1_000

const running = new WeakMap<Place, Set<string>>()

/** Piece by piece, with a turn for everybody else between two. */
async function finish(place: Place, id: string): Promise<void> {
  const mine = running.get(place) ?? new Set()
  running.set(place, mine)
  if (mine.has(id)) return
  mine.add(id)
  try {
    while (!place.work.ending) {
      try {
        const { state } = await place.store.moderation.step(id)
        if (state === 'deleted' || state === 'restored') return
        await turn()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        // It went with its room.
        if (error.code === 'not_found') return
        if (error.code !== 'storage_unavailable') throw error
        await after(AGAIN, undefined, { ref: false })
      }
    }
  } catch (error) {
    place.log.error('deletion stopped', { error: String(error) })
  } finally {
    mine.delete(id)
  }
}

/** What the end of the server has interrupted. */
async function resume(place: Place): Promise<void> {
  try {
    for (const { id } of await place.store.moderation.unfinished()) void finish(place, id)
  } catch (error) {
    place.log.error('deletions not resumed', { error: String(error) })
  }
}
