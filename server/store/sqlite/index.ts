import path from 'node:path'
import { Worker } from 'node:worker_threads'
import type { WriterData } from './writer.ts'
import type { Store } from '../store.ts'
import { checkBeside } from './checking.ts'
import { damaged, examine, mustBeWritable } from './examine.ts'
import { databaseIn, lock, makeFolder } from './folder.ts'
import { factsOf } from './facts.ts'
import { createForgetting } from '../sql/forgetting.ts'
import { heardBy } from '../sql/heardBy.ts'
import { createPeopleCache } from '../sql/peopleCache.ts'
import { metaOf, peopleById } from '../sql/queries.ts'
import { openReader } from './reader.ts'
import { assemble } from '../sql/assemble.ts'
import { createReads } from '../sql/reads.ts'
import type { Tell } from '../sql/database.ts'
import { KEPT_FOR } from '../sql/withdrawn.ts'
import { createSearching } from '../sql/searching.ts'
import { searcherOf } from './startSearcher.ts'
import { startWriting } from '../sql/writing.ts'

export type SqliteOptions = {
  /** The data folder; made if there is none. */
  dir: string
  defaultRoom?: string
  /** Hears of a disk that failed and of listeners that threw. */
  onTrouble?: (error: unknown) => void
  /** Hears of what was done without being asked. */
  tell?: Tell
  /** After a text was deleted or changed, how soon it is removed from the files as well. Milliseconds. */
  tidyAfter?: number
  /** How long a deleted message can be put back. Milliseconds. */
  keptFor?: number
}

/**
 * Opens, or makes, the database of a data folder. Throws an Error with one sentence for people when the folder is in use by
 * another server, damaged, or written by a newer Natter; the files are then as they were.
 */
export async function openSqlite({
  dir,
  defaultRoom = 'Lobby',
  onTrouble = () => {},
  tell = () => {},
  tidyAfter = 30_000,
  keptFor = KEPT_FOR,
}: SqliteOptions): Promise<Store> {
  makeFolder(dir)
  const unlock = lock(dir)
  const file = databaseIn(dir)
  let damage: string | null = null
  const onDamage = (reason: string) => {
    if (damage === null) onTrouble(new Error(damaged(file), { cause: reason }))
    // Everybody may read this one: where on the machine it is concerns only whoever reads the log.
    damage = damaged(path.basename(file))
  }
  let writing: Awaited<ReturnType<typeof startWriting>> | undefined
  try {
    const { whole } = examine(file)
    mustBeWritable(file)
    const { write, listeners, batchListeners, durability, trouble, finish, close } = (writing = await startWriting({
      startThread: (starting) =>
        new Worker(new URL('./writer.ts', import.meta.url), {
          workerData: { file, defaultRoom, tidyAfter, keptFor, ...starting } satisfies WriterData,
        }),
      onTrouble,
      onDamage,
      tell,
    }))
    const database = openReader(file, { onTrouble, onDamage })
    const searching = createSearching({ startThread: searcherOf(file), onTrouble, onDamage })
    const reads = createReads(database)
    const cache = createPeopleCache(async (ids) => peopleById(database, ids))
    // Before anybody else hears of it.
    listeners.add(cache.committed)
    const forgetting = createForgetting(() => write('reactions.forgetGone'))
    listeners.add(forgetting.committed)
    const stopCheck = whole ? null : checkBeside(file, onDamage, onTrouble)
    return {
      logId: String(metaOf(database, 'log_id')),
      placeId: String(metaOf(database, 'place_id')),
      durability,
      condition: () => ({ trouble: trouble(), damage }),
      facts: () => factsOf(database, file),
      ...assemble({ reads, write, search: searching.search, peopleOf: cache.get }),
      onCommit: (listener) => heardBy(listeners, listener),
      // There are no others.
      onMissed: () => () => {},
      onBatch: (listener) => heardBy(batchListeners, listener),
      async close() {
        stopCheck?.()
        forgetting.end()
        await searching.close()
        await finish()
        // Before the writer: who closes last and may write leaves everything in the one file.
        database.close()
        await close()
        unlock()
      },
    }
  } catch (error) {
    await writing?.close()
    unlock()
    throw error
  }
}
