import type { SomeMessages } from '../../protocol/replies.ts'

/** A reply is an ordinary message of its room; here it is found with the others of its thread. */
export type Replies = {
  /** Those of these messages that there are, ascending; after one at least, as many as a page has room for. */
  some: (roomId: string, seqs: readonly number[]) => Promise<SomeMessages>
  /** The newest replies of the thread that begins with `seq`, or those below `before`. None of a message that begins none. */
  list: (page: {
    roomId: string
    seq: number
    before?: number | undefined
    limit: number
  }) => Promise<SomeMessages & { next: number | null }>
}
