import { PASSING, Refusal } from '../protocol/errors.ts'
import { DAY, SCHEDULED_DAYS } from '../protocol/limits.ts'
import type { scheduledRequests } from '../protocol/scheduled.ts'
import { AGAIN, createAlarm } from './alarm.ts'
import { mustBeMember, mustNotBeMuted, mustWrite } from './policy.ts'
import { toStore } from './sending.ts'
import type { Handlers, Listeners, Place } from './socket/context.ts'
import type { Due } from './store/scheduled.ts'

/** Sent in one go; the rest follows. */
const STEP = 20

export const handlers: Handlers<typeof scheduledRequests> = {
  async 'scheduled:set'({ me, store }, message) {
    await mustWrite(store, me, message.roomId)
    await mustNotBeMuted(store, me, message.roomId)
    if (message.at > Date.now() + SCHEDULED_DAYS * DAY)
      throw new Refusal('invalid', `A message can be sent ${SCHEDULED_DAYS} days from now at the latest.`)
    return store.scheduled.set({ ...message, personId: me.id })
  },

  async 'scheduled:cancel'({ me, store }, { id }) {
    await store.scheduled.cancel(me.id, id)
    return {}
  },

  'scheduled:list': async ({ me, store }) => ({ scheduled: await store.scheduled.list(me.id) }),
}

export const listeners: Listeners = {
  started: (place) => look(place),
  committed(place, { alone }) {
    if (alone.some(({ event }) => event === 'scheduled:changed')) look(place)
  },
}

const look = createAlarm({
  async ring(place) {
    // One after the other: what somebody has written comes in the order of its times.
    for (const due of await place.store.scheduled.due(Date.now(), STEP)) await deliver(place, due)
  },
  next: ({ store }) => store.scheduled.nextDue(),
  sentence: 'scheduled messages not sent',
})

async function deliver(place: Place, due: Due): Promise<void> {
  const { store } = place
  const { personId, key, roomId, body } = due
  const [me] = await store.people.get([personId])
  try {
    if (!me || me.gone) throw new Refusal('not_found', 'No such person.')
    await mustBeMember(store, me, roomId)
    // The same key once more is the same message: an end between these two leaves no second one.
    await store.messages.append(await toStore({ me, place }, { roomId, key, body }))
    await store.scheduled.sent(due)
  } catch (error) {
    if (!(error instanceof Refusal) || error.code === 'storage_unavailable') throw error
    // Nobody else waits for a room that takes messages slowly.
    if (PASSING.has(error.code)) await store.scheduled.postpone(due, Date.now() + (error.retryAfter ?? AGAIN))
    else await store.scheduled.fail(due, error.message)
  }
}
