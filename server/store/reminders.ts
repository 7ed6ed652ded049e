import type { Message } from '../../protocol/messages.ts'

/** Which message somebody wants to come back to. */
export type Which = { personId: string; roomId: string; seq: number }

/** As it was when it was found to be due: changed since, it is another. */
export type Due = Which & { at: number }

/** What people want to be reminded of, each for themselves. */
export type Reminders = {
  /**
   * Of one message once: with another time than before it is to come then, as if it had not come yet; the same again changes
   * nothing. Told to their own devices alone; forgotten with a message that is not put back, with the room and with whoever is removed. Refused: `not_found`
   * for a message that is not there or deleted, and for who is gone; `forbidden` for more than REMINDERS.
   */
  set: (due: Due) => Promise<void>
  /** Twice is once. */
  end: (which: Which) => Promise<void>
  /** The next first; those that have come stay until they are ended. */
  list: (personId: string) => Promise<{ at: number; due: boolean; message: Message }[]>
  /** Those whose time has come by `now` and that have not come yet, in the order of their times. */
  due: (now: number, limit: number) => Promise<Due[]>
  /** When the next is due, or null. */
  nextDue: () => Promise<number | null>
  /** It has come, unless it was changed since. */
  come: (due: Due) => Promise<void>
}
