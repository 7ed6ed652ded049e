import path from 'node:path'
import type { Store } from '../store.ts'
import { checkBeside } from './checking.ts'
import { damaged, examine, mustBeWritable } from './examine.ts'
import { databaseIn, lock, makeFolder } from './folder.ts'
import { metaOf } from './queries.ts'
import { openReader } from './reader.ts'
import { createReads } from './reads.ts'
import type { Tell } from './schema.ts'
import { startWriting } from './writing.ts'

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
    const { write, listeners, durability, trouble, finish, close } = (writing = await startWriting({
      file,
      defaultRoom,
      tidyAfter,
      onTrouble,
      onDamage,
      tell,
    }))
    const database = openReader(file, { onTrouble, onDamage })
    const reads = createReads(database)
    const stopCheck = whole ? null : checkBeside(file, onDamage, onTrouble)
    return {
      logId: String(metaOf(database, 'log_id')),
      durability,
      condition: () => ({ trouble: trouble(), damage }),
      people: {
        ...reads.people,
        create: (person) => write('people.create', person),
        rename: (id, name) => write('people.rename', id, name),
      },
      sessions: { ...reads.sessions, create: (personId, token) => write('sessions.create', personId, token) },
      rooms: {
        ...reads.rooms,
        create: (room) => write('rooms.create', room),
        join: (roomId, personId) => write('rooms.join', roomId, personId),
        leave: (roomId, personId) => write('rooms.leave', roomId, personId),
        setTopic: (roomId, topic) => write('rooms.setTopic', roomId, topic),
        direct: (personId, otherId) => write('rooms.direct', personId, otherId),
      },
      messages: {
        ...reads.messages,
        append: (draft) => write('messages.append', draft),
        edit: (change) => write('messages.edit', change),
        remove: (message) => write('messages.remove', message),
      },
      reads: { advance: (position) => write('reads.advance', position) },
      onCommit(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
      async close() {
        stopCheck?.()
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
