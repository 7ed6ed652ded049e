import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { Refusal } from '../../../protocol/errors.ts'
import type { Commit, Store } from '../store.ts'
import { openDatabase, type Database } from './database.ts'
import type { OperationName, Operations } from './operations.ts'
import { metaOf } from './queries.ts'
import { createReads } from './reads.ts'
import type { Command, Reply, Result } from './writer.ts'

export type SqliteOptions = {
  /** The data folder; made if there is none. */
  dir: string
  defaultRoom?: string
  /** Hears of a disk that failed and of listeners that threw. */
  onTrouble?: (error: unknown) => void
}

/**
 * Opens, or makes, the database of a data folder. Throws an Error with one sentence for people when the folder is in use by
 * another server, damaged, or written by a newer Natter; the file is then as it was.
 */
export async function openSqlite({ dir, defaultRoom = 'Lobby', onTrouble = () => {} }: SqliteOptions): Promise<Store> {
  makeFolder(dir)
  const unlock = lock(dir)
  const file = path.join(dir, 'natter.db')
  try {
    examine(file)
    const writer = await startWriter(file, defaultRoom, onTrouble)
    const database = openDatabase(file, { readOnly: true })
    const reads = createReads(database)
    const { write, listeners } = writer
    return {
      logId: String(metaOf(database, 'log_id')),
      durability: writer.durability,
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
        await writer.close()
        database.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function makeFolder(dir: string): void {
  try {
    mkdirSync(dir, { recursive: true })
    accessSync(dir, constants.W_OK)
  } catch (error) {
    throw new Error(`${dir} cannot be a data folder: it is not one that can be made and written.`, { cause: error })
  }
}

/** Held by the operating system for as long as the process lives: kill -9 frees it, a second server does not get it. */
function lock(dir: string): () => void {
  const held = openDatabase(path.join(dir, 'natter.lock'))
  try {
    held.exec('PRAGMA busy_timeout = 0; PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch {
    held.close()
    throw new Error(`Another Natter is already using ${dir}.`)
  }
  return () => held.close()
}

function examine(file: string): void {
  if (!existsSync(file)) return
  let database: Database | undefined
  try {
    database = openDatabase(file, { readOnly: true })
    database.get('SELECT count(*) FROM sqlite_schema')
    if (isCutOff(database, file)) throw new Error('The end of the last page is missing.')
  } catch (error) {
    throw new Error(`${file} is damaged and was left as it is. Put a copy of it from your backup in its place.`, {
      cause: error,
    })
  } finally {
    database?.close()
  }
}

/** SQLite itself counts a page that has only begun. What is still in the write-ahead log need not be in the file yet. */
function isCutOff(database: Database, file: string): boolean {
  const [pages, bytes] = [database.get('PRAGMA page_count'), database.get('PRAGMA page_size')]
  const whole = Number(pages?.['page_count']) * Number(bytes?.['page_size'])
  const log = statSync(`${file}-wal`, { throwIfNoEntry: false })
  return !log?.size && statSync(file).size < whole
}

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void }

async function startWriter(file: string, defaultRoom: string, onTrouble: (error: unknown) => void) {
  const worker = new Worker(new URL('./writer.ts', import.meta.url), { workerData: { file, defaultRoom } })
  const waiting = new Map<number, Waiting>()
  const listeners = new Set<(commit: Commit) => void>()
  let count = 0
  let closed = () => {}
  let gone = false

  const durability = await new Promise<string>((resolve, reject) => {
    worker.once('error', reject)
    worker.once('message', (reply: Reply) => {
      if ('ready' in reply) resolve(reply.ready)
      else reject(new Error('failed' in reply ? reply.failed : 'The writer did not start.'))
    })
  })
  worker.on('message', (reply: Reply) => {
    if ('closed' in reply) closed()
    if (!('results' in reply)) return
    // First what happened, then the answers: whoever was answered finds their message announced.
    if (reply.commit) for (const listener of listeners) attempt(listener, reply.commit)
    for (const result of reply.results) settle(result)
  })
  worker.on('error', (error) => {
    gone = true
    onTrouble(error)
    for (const id of waiting.keys()) settle({ id, trouble: String(error) })
    closed()
  })

  function attempt(listener: (commit: Commit) => void, commit: Commit): void {
    try {
      listener(commit)
    } catch (error) {
      onTrouble(error)
    }
  }

  function settle(result: Result): void {
    const one = waiting.get(result.id)
    waiting.delete(result.id)
    if (!one) return
    if ('value' in result) return one.resolve(result.value as never)
    if ('refusal' in result) return one.reject(new Refusal(result.refusal.code, result.refusal.message))
    if ('mistake' in result) return one.reject(new Error(result.mistake))
    onTrouble(result.trouble)
    one.reject(new Refusal('storage_unavailable', 'The message could not be stored just now. Try again.'))
  }

  function write<K extends OperationName>(
    operation: K,
    ...values: Parameters<Operations[K]>
  ): Promise<ReturnType<Operations[K]>> {
    return new Promise((resolve, reject) => {
      const id = ++count
      waiting.set(id, { resolve, reject })
      if (gone) return settle({ id, trouble: 'The writer has ended.' })
      worker.postMessage({ id, operation, values } satisfies Command)
    })
  }

  async function close(): Promise<void> {
    if (gone) return
    gone = true
    await new Promise<void>((resolve) => {
      closed = resolve
      worker.postMessage({ close: true })
    })
    await worker.terminate()
  }
  return { durability, write, listeners, close }
}
