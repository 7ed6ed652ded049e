import { monotonicNow } from '../sql/clock.ts'
import { inOneTransaction, type Database } from '../sql/database.ts'
import { indexedOf, indexNew } from './newMessages.ts'
import { createOldMessages } from './oldMessages.ts'
import { createSettling } from './outdated.ts'
import { metaOf } from '../sql/queries.ts'
import type { Tell } from '../sql/database.ts'
import { FIRST } from '../sql/said.ts'
import { TERMS } from '../sql/searchTerms.ts'
import { leaveTraces } from '../sql/traces.ts'

/** What was said is indexed so soon, all of it together: one by one, it costs as much again as writing it. Milliseconds. */
const SOON = 1_000
/** Before what failed is tried again. Milliseconds. */
const AGAIN = 5_000
/** Before the writer ends, what was deleted is taken out for so long. Milliseconds. */
const END = 1_000
/** Where writing takes more than this part of the time, indexing waits, */
const BUSY = 0.5
/** but not for more messages than these: whoever searches looks through all that wait. */
const MOST = 5_000

/** Where the terms are others than those of this Natter, or of this Unicode, all messages are indexed anew. */
function beginAnew(database: Database): void {
  const before = metaOf(database, 'terms')
  if (before === TERMS) return
  inOneTransaction(database, () => {
    database.exec(`INSERT INTO search (search) VALUES ('delete-all')`)
    database.exec('DELETE FROM outdated')
    if (before !== undefined) leaveTraces(database)
    database.run(
      `UPDATE meta SET value = (SELECT coalesce(min(said), ? + 1) - 1 FROM messages WHERE said IS NOT NULL) WHERE key = 'indexed'`,
      FIRST,
    )
    database.run(`INSERT INTO meta VALUES ('terms', ?) ON CONFLICT DO UPDATE SET value = excluded.value`, TERMS)
  })
}

type Helping = { attempt: (task: () => void) => void; tell: Tell; onGone: () => void }

/**
 * Indexes messages after they are committed, many at a time, when the writer has time, and no more than half of it. `onGone` hears
 * that a text is not in the index any more.
 */
export function createIndexing(database: Database, { attempt, tell, onGone }: Helping) {
  beginAnew(database)
  const settling = createSettling(database)
  const old = createOldMessages(database, tell)
  let timer: NodeJS.Timeout | undefined
  let [writing, since] = [0, monotonicNow()]

  const waiting = () =>
    Number(database.get('SELECT max(said) AS said FROM messages WHERE said IS NOT NULL')?.['said'] ?? 0) -
    indexedOf(database)

  const isBusy = () => writing > BUSY * (monotonicNow() - since)
  const lookAnew = () => ([writing, since] = [0, monotonicNow()])

  function work(): void {
    timer = setTimeout(work, AGAIN)
    attempt(() => {
      const next = workSome()
      lookAnew()
      clearTimeout(timer)
      timer = next === null ? undefined : setTimeout(work, next)
    })
  }

  /** Returns how soon to go on; null if there is nothing left. */
  function workSome(): number | null {
    const count = waiting()
    const isSettled = settling.isOver()
    if (count <= 0 && isSettled && old.isOver()) return null
    const begin = monotonicNow()
    if (isBusy() && count < MOST) {
      // What was deleted goes, if slowly.
      settle()
      return SOON
    }
    if (count > 0) inOneTransaction(database, () => indexNew(database))
    else if (!isSettled) settle()
    else inOneTransaction(database, old.index)()
    return monotonicNow() - begin
  }

  function settle(): void {
    inOneTransaction(database, settling.settle)
    onGone()
  }

  const look = () => {
    timer ??= setTimeout(work, SOON)
  }
  // Whoever was here before may have been ended in between.
  timer = setTimeout(work, 0)
  return {
    /** To be told when something else was done. */
    look,
    /** Whether nothing is in the index that is said no more. */
    isOver: settling.isOver,
    /** To be told when something was committed, and how long that took. Milliseconds. */
    written(took: number): void {
      if (!timer) lookAnew()
      writing += took
      look()
    },
    /** Within a second: what is left then is taken out when somebody starts again. */
    end(): void {
      clearTimeout(timer)
      const until = monotonicNow() + END
      attempt(() => {
        while (!settling.isOver() && monotonicNow() < until) settle()
      })
    },
  }
}
