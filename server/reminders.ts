import { Refusal } from '../protocol/errors.ts'
import { DAY, SCHEDULED_DAYS } from '../protocol/limits.ts'
import { beginningOf, namedIn } from '../protocol/mentions.ts'
import type { reminderRequests } from '../protocol/reminders.ts'
import { createAlarm } from './alarm.ts'
import { mustBeVisible, seenOf } from './policy.ts'
import type { Handlers, Listeners, Place } from './socket/context.ts'
import type { Due } from './store/reminders.ts'

/** Come in one go; the rest follows. */
const STEP = 100

export const handlers: Handlers<typeof reminderRequests> = {
  async 'reminder:set'({ me, store }, reminder) {
    await mustBeVisible(store, me, reminder.roomId)
    if (reminder.at > Date.now() + SCHEDULED_DAYS * DAY)
      throw new Refusal('invalid', `You can be reminded ${SCHEDULED_DAYS} days from now at the latest.`)
    await store.reminders.set({ ...reminder, personId: me.id })
    return {}
  },

  async 'reminder:end'({ me, store }, which) {
    await store.reminders.end({ ...which, personId: me.id })
    return {}
  },

  /** Whether somebody may see it is asked now: a room that they have left by now may be closed to them. */
  async 'reminder:list'({ me, store }) {
    const all = (await store.reminders.list(me.id)).map(({ at, due, message: { roomId, seq, authorId, body } }) => {
      return { roomId, seq, at, due, authorId, text: beginningOf(body) }
    })
    const reminders = await seenOf(store, me, all)
    const spoken = reminders.flatMap(({ authorId, text }) => [authorId, ...namedIn(text)])
    return { reminders, people: await store.people.get([...new Set(spoken)]) }
  },
}

export const listeners: Listeners = {
  started: (place) => look(place),
  committed(place, { alone }) {
    if (alone.some((one) => one.event === 'reminder:changed' && !one.payload.due)) look(place)
  },
}

const look = createAlarm({
  async ring(place) {
    for (const due of await place.store.reminders.due(Date.now(), STEP)) await come(place, due)
  },
  next: ({ store }) => store.reminders.nextDue(),
  sentence: 'reminders not told',
})

/** Of a room that somebody does not see any more nothing is said, nor that there was a reminder; and nothing to who is gone. */
async function come({ store }: Place, due: Due): Promise<void> {
  const [me] = await store.people.get([due.personId])
  const [seen] = me && !me.gone ? await seenOf(store, me, [due]) : []
  await (seen ? store.reminders.come(due) : store.reminders.end(due))
}
