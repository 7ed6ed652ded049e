import type { Scheduled } from '../../protocol/scheduled.ts'

/** One that is due: whose it is, and the key that it is sent with, another for every text that it is given. */
export type Due = Scheduled & { personId: string; key: string }

/** As it was when it was found to be due: changed since, it is another. */
export type Which = Pick<Due, 'personId' | 'id' | 'key'>

export type ScheduledMessages = {
  /** The next first. */
  list: (personId: string) => Promise<Scheduled[]>
  /**
   * Adds it, or gives it another room, text and time; the same again changes nothing. Told to their own devices alone, and forgotten
   * with the person and with the room. Refused: `not_found` for who is gone or not in the room; `invalid` beyond SCHEDULED.
   */
  set: (message: Omit<Scheduled, 'failed'> & { personId: string }) => Promise<Scheduled>
  /** Twice is once. */
  cancel: (personId: string, id: string) => Promise<void>
  /** Those whose time has come by `now` and that have not failed, in the order of their times. */
  due: (now: number, limit: number) => Promise<Due[]>
  /** When the next is due, or null. */
  nextDue: () => Promise<number | null>
  /** Forgets it, unless it was changed since. */
  sent: (which: Which) => Promise<void>
  /** Gives it another time, unless it was changed since. */
  postpone: (which: Which, at: number) => Promise<void>
  /** Keeps it with the reason, unless it was changed since. */
  fail: (which: Which, reason: string) => Promise<void>
}
