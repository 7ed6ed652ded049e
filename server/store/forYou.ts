import type { Message } from '../../protocol/messages.ts'
import type { Person } from '../../protocol/people.ts'

/** What was said to somebody, wherever it was. */
export type ForYou = {
  /**
   * The messages that mention or concern somebody, newest first, and whom they speak of. Only of rooms that they are in; what was said to
   * everybody in a room only since they are in it. `next` goes into `after`.
   */
  list: (page: {
    personId: string
    after?: string | undefined
    limit: number
  }) => Promise<{ messages: Message[]; people: Person[]; next: string | null }>
  /** Whether there is any such message. */
  any: (personId: string) => Promise<boolean>
}
