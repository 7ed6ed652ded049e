/** Whoever writes is answered by then, whatever the disk does. Milliseconds. */
export const DEADLINE = 4_000
/** Behind many others, as long as these are stored one after the other. Milliseconds. */
const IN_LINE = 8_000

/**
 * Until when somebody waits who has asked at `since`, where something was stored at `storedAt` last. What was not begun by then is not
 * begun any more.
 */
export const patienceOf = (since: number, storedAt: number): number =>
  Math.max(since + DEADLINE, Math.min(since + IN_LINE, storedAt + DEADLINE))
