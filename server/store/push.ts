import type { Alerts, Level } from '../../protocol/rooms.ts'
import type { PushSubscription } from '../../protocol/push.ts'

/** A browser that members of a room can be reached at, and what of the room its person wants to hear and has heard. */
export type Target = PushSubscription & {
  personId: string
  alerts: Alerts
  readUpTo: number
  /** Position of the newest message that a notification was sent about. */
  toldUpTo: number
}

/** By which push services know who sends (VAPID, base64url). */
export type PushKeys = { publicKey: string; privateKey: string }

export type Push = {
  /** This place's own pair: the one that was made first. */
  keys: (made: PushKeys) => Promise<PushKeys>
  /**
   * Reaches a browser for as long as its session lasts; one that was another person's is theirs no more. Of
   * PUSH_SUBSCRIPTIONS of one person the one that was added first gives way.
   */
  subscribe: (browser: PushSubscription & { personId: string; sessionId: string }) => Promise<void>
  /** Only if it is this person's, where one is given. What is not there is passed by. */
  forget: (endpoint: string, personId?: string) => Promise<void>
  /** Where this person can be reached. */
  of: (personId: string) => Promise<PushSubscription[]>
  /** Of everybody who is in the room, by address. `next` goes into `after`. */
  targets: (page: {
    roomId: string
    after?: string | undefined
    limit: number
  }) => Promise<{ targets: Target[]; next: string | null }>
  /** What these were told of, of one room. It only rises. */
  told: (roomId: string, upTo: readonly { personId: string; seq: number }[]) => Promise<void>
  /** Whether they were told of something in this room, have read all of it by now, and it was not withdrawn. */
  isRead: (roomId: string, personId: string) => Promise<boolean>
  /** What they were told of there is withdrawn. Resolves as `isRead` before: of two at once it is true for one. */
  withdraw: (roomId: string, personId: string) => Promise<boolean>
  /** Only what is given. Private: no revision. Refused: `not_found` for somebody who is not in the room. */
  setAlerts: (change: {
    roomId: string
    personId: string
    level?: Level | undefined
    mutedUntil?: number | null | undefined
  }) => Promise<Alerts>
}
