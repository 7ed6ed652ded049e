import type { History } from '../../protocol/messages.ts'

/** What messages said before they were edited. */
export type Versions = {
  /**
   * Every text of a message, newest first, the one that it has now among them; of more than VERSIONS the newest. `next` goes into
   * `before`. They go with their message, and come back with it. Refused: `not_found`, for a deleted one as well.
   */
  list: (page: { roomId: string; seq: number; before?: number | undefined }) => Promise<History>
}
