import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { Store } from '../store.ts'
import { assemble } from '../sql/assemble.ts'
import type { Tell } from '../sql/database.ts'
import { createForgetting } from '../sql/forgetting.ts'
import { heardBy } from '../sql/heardBy.ts'
import { newId } from '../sql/ids.ts'
import { createPeopleCache } from '../sql/peopleCache.ts'
import { createSearching } from '../sql/searching.ts'
import { KEPT_FOR } from '../sql/withdrawn.ts'
import { startWriting } from '../sql/writing.ts'
import type { DriverData, Line } from './driver.ts'
import type { KeeperData } from './keeper.ts'
import type { ReaderData } from './reader.ts'
import { startReading } from './reading.ts'
import type { SearcherData } from './searcher.ts'
import { startTelling, type Hints } from './telling.ts'
import type { WriterData } from './writer.ts'

export type PostgresOptions = {
  /** postgres://user:password@host:port/database */
  url: string
  defaultRoom?: string
  /** Between the nodes; without it they hear of one another by the log alone, within a second. */
  hints?: Hints | null
  /** Hears of a database that did not answer and of listeners that threw. */
  onTrouble?: (error: unknown) => void
  /** Hears of what was done without being asked. */
  tell?: Tell
  /** How long a deleted message can be put back. Milliseconds. */
  keptFor?: number
  /** After so long without a look into the log something may have gone from it. Milliseconds. */
  missedAfter?: number
}

/** Half of the time for which the log is kept: see keeper.ts. Milliseconds. */
const MISSED_AFTER = 5 * 60_000

/** So many threads read, and so many search. */
const [READERS, SEARCHERS] = [3, 2]

/**
 * Opens, or makes, what Natter keeps in a PostgreSQL database; any number of nodes may have it open. Throws an Error with one
 * sentence for people when it cannot be reached or was written by a newer Natter.
 */
export async function openPostgres({
  url,
  defaultRoom = 'Lobby',
  hints = null,
  onTrouble = () => {},
  tell = () => {},
  keptFor = KEPT_FOR,
  missedAfter = MISSED_AFTER,
}: PostgresOptions): Promise<Store> {
  let damage: string | null = null
  const onDamage = (reason: string) => {
    if (damage === null) onTrouble(new Error('the database is damaged', { cause: reason }))
    damage = 'The database is damaged.'
  }
  const driver = startThread('driver', { url } satisfies DriverData)
  driver.on('error', onTrouble)

  /** A line to the driver, for a thread that is given its other end. */
  function startWithLine<Data extends { line: Line }>(name: string, data: Omit<Data, 'line'>): Worker {
    const { port1, port2 } = new MessageChannel()
    const signal = new Int32Array(new SharedArrayBuffer(4))
    driver.postMessage({ port: port1, signal } satisfies Line, [port1])
    return startThread(name, { ...data, line: { port: port2, signal } }, [port2])
  }

  const node = newId()
  const closing: (() => Promise<unknown>)[] = [async () => driver.terminate()]
  const closeAll = async () => {
    for (const close of closing.toReversed()) await close()
  }
  try {
    let telling: Awaited<ReturnType<typeof startTelling>> | undefined
    const { write, listeners, tellAll, isWriting, batchListeners, durability, trouble, finish, close } =
      await startWriting({
        startThread: ({ givenUp }) => startWithLine<WriterData>('writer', { node, defaultRoom, keptFor, givenUp }),
        // Before it is open nobody has asked for anything.
        onDone: (done, proceed) => (telling ? telling.done(done, proceed) : proceed()),
        onTrouble,
        onDamage,
        tell,
      })
    closing.push(close)
    const reading = startReading({
      startThread: () => startWithLine<ReaderData>('reader', {}),
      threads: READERS,
      onTrouble,
      onDamage,
    })
    closing.push(reading.close)
    const { own, log, ...reads } = await reading.reads()
    const searching = createSearching({
      startThread: (ended) => startWithLine<SearcherData>('searcher', { ended }),
      threads: SEARCHERS,
      onTrouble,
      onDamage,
    })
    closing.push(searching.close)
    const cache = createPeopleCache(own.people)
    // Before anybody else hears of it.
    listeners.add(cache.committed)
    const forgetting = createForgetting(() => write('reactions.forgetGone'))
    // Once is enough.
    listeners.add((commit) => {
      if (!commit.elsewhere) forgetting.committed(commit)
    })
    const { logId: opened, placeId } = await own.ids()
    let logId = opened
    const missed = new Set<() => void>()
    const onMissed = () => {
      cache.forget()
      for (const listener of missed) listener()
    }
    const onRenewed = (now: string) => {
      logId = now
      tell('the database was put back, or its standby was promoted: everybody starts over', {})
      onMissed()
    }
    const onHidden = () => tell('a transaction stays open and hides from the nodes what is committed', {})
    const hearers = { announce: tellAll, onMissed, onRenewed, onHidden, onTrouble }
    telling = await startTelling({ logId, node, log, hints, isWriting, missedAfter, ...hearers })
    closing.push(telling.close)
    const keeper = startWithLine<KeeperData>('keeper', { keptFor })
    keeper.on('message', ({ told, facts }: { told: string; facts: Record<string, unknown> }) => tell(told, facts))
    keeper.on('error', onTrouble)
    closing.push(() => ending(keeper))
    return {
      get logId() {
        return logId
      },
      placeId,
      durability,
      condition: () => ({ trouble: trouble(), damage }),
      facts: own.facts,
      ...assemble({ reads, write, search: searching.search, peopleOf: cache.get }),
      onCommit: (listener) => heardBy(listeners, listener),
      onMissed: (listener) => heardBy(missed, listener),
      onBatch: (listener) => heardBy(batchListeners, listener),
      async close() {
        forgetting.end()
        await finish()
        await closeAll()
      },
    }
  } catch (error) {
    await closeAll()
    throw error
  }
}

const startThread = (name: string, workerData: unknown, transferList: MessagePort[] = []) =>
  new Worker(new URL(`./${name}.ts`, import.meta.url), { workerData, transferList })

/** Tells a thread to end, and resolves when it has. */
const ending = (worker: Worker) =>
  new Promise((resolve) => {
    worker.once('exit', resolve)
    worker.postMessage({ close: true })
  })
