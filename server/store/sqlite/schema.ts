import { randomBytes } from 'node:crypto'
import { appearanceOf } from '../../names/names.ts'
import { copyBefore, copyDatabase } from './copies.ts'
import { reasonOf, type Database } from './database.ts'

/** Hears of what is worth a line in the log: a constant sentence, and facts. */
export type Tell = (sentence: string, facts: Record<string, unknown>) => void

/** Each entry takes a database from one version to the next; `user_version` says which ones it has had. */
export const MIGRATIONS: readonly string[] = [
  `CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT;
   CREATE TABLE people (
     id TEXT PRIMARY KEY,
     name TEXT NOT NULL,
     appearance TEXT NOT NULL UNIQUE,
     role TEXT NOT NULL,
     tint INTEGER NOT NULL,
     rev INTEGER NOT NULL UNIQUE,
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX people_by_name ON people (name COLLATE NOCASE, id);
   CREATE INDEX people_by_tint ON people (tint);
   CREATE TABLE sessions (
     token_hash TEXT PRIMARY KEY,
     person_id TEXT NOT NULL REFERENCES people (id),
     created_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE rooms (
     id TEXT PRIMARY KEY,
     kind TEXT NOT NULL,
     name TEXT NOT NULL,
     appearance TEXT UNIQUE,
     topic TEXT NOT NULL,
     direct_key TEXT UNIQUE,
     room_rev INTEGER NOT NULL,
     rev INTEGER NOT NULL,
     seq INTEGER NOT NULL,
     created_at INTEGER NOT NULL,
     active_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX rooms_by_name ON rooms (kind, name COLLATE NOCASE, id);
   CREATE TABLE members (
     room_id TEXT NOT NULL REFERENCES rooms (id),
     person_id TEXT NOT NULL REFERENCES people (id),
     rev INTEGER NOT NULL,
     present INTEGER NOT NULL,
     read_up_to INTEGER NOT NULL,
     PRIMARY KEY (room_id, person_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX members_by_person ON members (person_id, present);
   CREATE INDEX members_by_rev ON members (room_id, rev);
   CREATE TABLE messages (
     room_id TEXT NOT NULL REFERENCES rooms (id),
     seq INTEGER NOT NULL,
     rev INTEGER NOT NULL,
     author_id TEXT NOT NULL REFERENCES people (id),
     owner TEXT NOT NULL,
     key TEXT NOT NULL,
     body TEXT NOT NULL,
     sent_at INTEGER NOT NULL,
     PRIMARY KEY (room_id, seq),
     UNIQUE (owner, key)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX messages_by_rev ON messages (room_id, rev);`,
  // The text that a message was sent with is known by its hash once it has another: the sender may still repeat it.
  `ALTER TABLE messages ADD COLUMN edited_at INTEGER;
   ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE messages ADD COLUMN sent_hash TEXT;`,
]

/** The version that this Natter writes. */
export const VERSION = MIGRATIONS.length

export const versionOf = (database: Database): number => Number(database.get('PRAGMA user_version')?.['user_version'])

/** Short enough for an address, long enough that nobody guesses one: 72 bits. */
export const newId = (): string => randomBytes(9).toString('base64url')

export type Migrating = {
  defaultRoom: string
  /** Hears of the copy that is made before anything is changed. */
  tell: Tell
  /** What there is to do, from the first version on. */
  migrations?: readonly string[]
}

/**
 * Brings the database to this version of Natter, all at once or not at all, and gives it its first room. What somebody has
 * written in is copied first. Throws an Error with one sentence for people when it could not be done.
 */
export function migrate(
  database: Database,
  file: string,
  { defaultRoom, tell, migrations = MIGRATIONS }: Migrating,
): void {
  const [version, wanted] = [versionOf(database), migrations.length]
  if (version < wanted) {
    const copy = version > 0 ? copyFirst(database, file, wanted, tell) : null
    try {
      database.exec(`BEGIN IMMEDIATE; ${migrations.slice(version).join('\n')} PRAGMA user_version = ${wanted}; COMMIT`)
    } catch (error) {
      if (database.inTransaction()) database.exec('ROLLBACK')
      const kept = copy === null ? '' : ` A copy is ${copy}.`
      throw new Error(
        `${file} could not be brought from version ${version} to ${wanted} (${reasonOf(error)}) and is as it was.${kept}`,
        { cause: error },
      )
    }
  }
  if (!database.get(`SELECT 1 FROM meta WHERE key = 'log_id'`)) furnish(database, defaultRoom)
}

function copyFirst(database: Database, file: string, version: number, tell: Tell): string {
  const copy = copyBefore(file, `v${version}`)
  try {
    copyDatabase(database, copy)
  } catch (error) {
    throw new Error(
      `${file} must be copied before it is brought to version ${version}, and could not be (${reasonOf(error)}). It is as it was.`,
      { cause: error },
    )
  }
  tell('database copied before it is brought to a new version', { copy, version })
  return copy
}

function furnish(database: Database, defaultRoom: string): void {
  const [roomId, now] = [newId(), Date.now()]
  database.exec('BEGIN IMMEDIATE')
  database.run(
    `INSERT INTO rooms VALUES (?, 'public', ?, ?, '', NULL, 1, 1, 0, ?, ?)`,
    roomId,
    defaultRoom,
    appearanceOf(defaultRoom),
    now,
    now,
  )
  const meta = { log_id: newId(), people_rev: 0, default_room: roomId }
  for (const [key, value] of Object.entries(meta)) database.run('INSERT INTO meta VALUES (?, ?)', key, value)
  database.exec('COMMIT')
}
