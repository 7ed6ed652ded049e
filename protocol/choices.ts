/** What may stand in fields of few words; without zod, so that whoever only needs to know these loads none. */

export const ROLES = ['owner', 'admin', 'member', 'guest', 'visitor', 'bot'] as const
export const INVITED_ROLES = ['admin', 'member', 'guest'] as const
export const JOINS = ['open', 'invite', 'closed'] as const
export const ROOM_KINDS = ['public', 'private', 'direct'] as const
/** Who writes in a room. */
export const WRITERS = ['everybody', 'managers'] as const
/** Of what in a room somebody is told. */
export const LEVELS = ['all', 'forYou', 'nothing'] as const
/** What came of a report. */
export const OUTCOMES = ['nothing', 'deleted', 'muted', 'banned'] as const
export const PURGE_STATES = ['deleting', 'deleted', 'restoring', 'restored'] as const

/** One's own settings, as whoever has chosen nothing has them. */
export const initialSettings = { showsTyping: true, showsWords: false, quiet: null, busy: null }
