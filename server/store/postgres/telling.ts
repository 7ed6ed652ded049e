import { Refusal } from '../../../protocol/errors.ts'
import type { Commit } from '../store.ts'
import { monotonicNow } from '../sql/clock.ts'
import type { Done } from '../sql/committing.ts'
import type { createPostgresReads } from './reads.ts'
import { createSequence } from './sequence.ts'

/** How often the log is looked through for what came no other way. Milliseconds. */
const LOOK = 1_000
/** A hint may come so many looks after what it tells was seen in the log: Redis may stand still before it counts as gone. */
const LATE = 10

/** So long the log may not show what has been committed before it is told why. Milliseconds. */
const HIDDEN = 30_000

/** What another node has committed waits so long at most for what this one commits just now. Milliseconds. */
const TOGETHER = 100

/** Between the nodes: what is told may be lost, and nobody waits for it. */
export type Hints = {
  tell: (channel: string, text: string) => void
  /** Returns a function that stops it. */
  hear: (channel: string, listener: (text: string) => void) => () => void
}
const CHANNEL = 'commits'

type Options = {
  /** As it was when it was opened. */
  logId: string
  /** This node, as the log calls it. */
  node: string
  log: Pick<ReturnType<typeof createPostgresReads>['log'], 'end' | 'since' | 'told'>
  hints: Hints | null
  /** Hears what another node has committed, once. */
  announce: (commit: Commit) => void
  /** Whether this node commits something itself just now. */
  isWriting: () => boolean
  /** Hears that the log was not looked through for `missedAfter` milliseconds. */
  onMissed: () => void
  missedAfter: number
  /** Hears that another log goes on here, since a database was put back: nothing of the one before counts. */
  onRenewed: (logId: string) => void
  /** Hears, once, that the log does not show what has been committed: somebody's transaction stays open. */
  onHidden: () => void
  onTrouble: (error: unknown) => void
}

/**
 * Commits of other nodes. Each comes as a hint, at once, or not at all; and in any case in the log that the database has, which is
 * looked through again and again: what was seen there was committed, whoever did it and whatever became of them.
 */
export async function startTelling({
  logId: opened,
  node,
  log,
  hints,
  announce,
  isWriting,
  onMissed,
  missedAfter,
  onRenewed,
  onHidden,
  onTrouble,
}: Options) {
  /** Told already, and not yet passed in the log. */
  const seen = new Set<number>()
  /** What was passed there in the last looks: its hint may still be on the way. */
  let passed: ReadonlySet<number>[] = []
  const sequence = createSequence()
  /** Done by this node as far as the log says, of which it has not heard. */
  let doubtful: number[] = []
  /** What is told with the next commit of this node: of each other's rooms two nodes would tell everybody twice as often. */
  const waiting: Commit[] = []
  let patience: NodeJS.Timeout | undefined
  let from = await log.end()
  let logId = opened
  let looked = monotonicNow()
  /** Since when what was committed is not shown, and whether that was told; null while nothing is hidden. */
  let hidden: { since: number; told: boolean } | null = null
  let closing = false
  let timer: NodeJS.Timeout | undefined
  let looking: Promise<void> | null = null

  const tell = (commit: Commit) => sequence.put(commit, () => announce(commit))

  function once(id: number, told: string): void {
    if (seen.has(id) || passed.some((one) => one.has(id))) return
    seen.add(id)
    const commit: Commit = { ...(JSON.parse(told) as Commit), elsewhere: true }
    if (waiting.length === 0 && !isWriting()) return tell(commit)
    waiting.push({ ...commit, waited: true })
    patience ??= setTimeout(tellWaiting, TOGETHER)
  }

  function tellWaiting(): void {
    clearTimeout(patience)
    patience = undefined
    for (const commit of waiting.splice(0)) tell(commit)
  }

  async function renew(now: string): Promise<void> {
    from = await log.end()
    logId = now
    seen.clear()
    passed = []
    doubtful = []
    looked = monotonicNow()
    onRenewed(now)
  }

  async function look(): Promise<void> {
    try {
      const { entries, next, ...now } = await log.since(from)
      if (now.logId !== logId) return await renew(now.logId)
      const unheard = entries.filter(({ id }) => !seen.has(id))
      // Of what this node did itself it hears in a moment, unless its connection broke while that was committed.
      const own = unheard.filter((one) => one.node === node).map(({ id }) => id)
      const missed = [...doubtful, ...unheard.filter((one) => one.node !== node).map(({ id }) => id)]
      const told = await log.told(missed.filter((id) => !seen.has(id)))
      for (const one of told) once(one.id, one.told)
      const passing = new Set([...doubtful, ...entries.map(({ id }) => id).filter((id) => !own.includes(id))])
      for (const id of passing) seen.delete(id)
      passed = [passing, ...passed].slice(0, LATE)
      doubtful = own
      const before = looked
      looked = monotonicNow()
      if (looked - before > missedAfter) onMissed()
      watch(next !== from)
      from = next
    } catch (error) {
      // What cannot be read now is read the next time: nothing is passed over, and whoever reads has told why.
      if (!(error instanceof Refusal)) onTrouble(error)
    } finally {
      if (!closing) timer = setTimeout(again, LOOK)
    }
  }

  function watch(goesOn: boolean): void {
    if (goesOn || seen.size === 0) hidden = null
    else hidden ??= { since: looked, told: false }
    if (!hidden || hidden.told || looked - hidden.since < HIDDEN) return
    hidden.told = true
    onHidden()
  }

  const again = () => void (looking = look())
  timer = setTimeout(again, LOOK)

  const stopHearing = hints?.hear(CHANNEL, (text) => {
    const cut = text.indexOf(' ')
    once(Number(text.slice(0, cut)), text.slice(cut + 1))
  })

  return {
    /** What this node has committed: the others hear of it, and it does not find it in the log again. */
    done({ commit, logged }: Done, proceed: () => void): void {
      if (logged) {
        seen.add(logged.id)
        hints?.tell(CHANNEL, `${logged.id} ${logged.told}`)
      }
      tellWaiting()
      if (commit) sequence.put(commit, proceed)
      else proceed()
    },
    async close(): Promise<void> {
      closing = true
      clearTimeout(timer)
      stopHearing?.()
      tellWaiting()
      sequence.end()
      await looking
    },
  }
}
