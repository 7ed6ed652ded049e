import { z } from 'zod'
import { REMINDERS } from './limits.ts'
import { Person } from './people.ts'
import { RoomId } from './rooms.ts'

const Which = z.object({ roomId: RoomId, seq: z.int().positive() })

const Time = {
  /** When. Milliseconds since the Unix epoch, by the server's clock. */
  at: z.int().min(0),
  /** The time has come: it stays until it is ended. */
  due: z.boolean(),
}

/** A message that somebody wants to come back to, for themselves alone. */
export const Reminder = Which.extend({
  ...Time,
  authorId: z.string(),
  /** How the message begins. */
  text: z.string(),
}).meta({ id: 'Reminder', description: 'A message that one wants to be reminded of, and when.' })
export type Reminder = z.infer<typeof Reminder>

export const reminderRequests = {
  'reminder:set': {
    summary: `Be reminded of a message, or at another time than before. A time that has passed is now. At most ${REMINDERS} are kept.`,
    input: Which.extend({ at: Time.at }),
    output: z.object({}),
  },
  'reminder:end': {
    summary: 'Be reminded of a message no more, before its time or after. Twice is once.',
    input: Which,
    output: z.object({}),
  },
  'reminder:list': {
    summary: 'What I am to be reminded of and may still see, the next first.',
    input: z.object({}),
    output: z.object({
      reminders: z.array(Reminder),
      /** Everybody of whom they speak. */
      people: z.array(Person),
    }),
  },
}

export const reminderEvents = {
  'reminder:changed': {
    summary: 'I am to be reminded at another time, or now, or, where `at` is null, no more: on all my devices.',
    payload: Which.extend({ at: z.int().nullable(), due: z.boolean() }),
  },
}
