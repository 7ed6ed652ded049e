import { randomBytes } from 'node:crypto'
import { appearanceOf } from '../../names/names.ts'
import type { Database } from './database.ts'

/** Each entry takes a database from one version to the next; `user_version` says which ones it has had. */
const MIGRATIONS = [
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

/** Short enough for an address, long enough that nobody guesses one: 72 bits. */
export const newId = (): string => randomBytes(9).toString('base64url')

/** Brings the database to this version of Natter and gives it its first room. Throws for one that a newer Natter wrote. */
export function migrate(database: Database, defaultRoom: string): void {
  const version = Number(database.get('PRAGMA user_version')?.['user_version'])
  if (version > MIGRATIONS.length) throw new Error('This data folder was written by a newer Natter. Start that one.')
  for (const [i, sql] of MIGRATIONS.entries()) {
    if (i < version) continue
    database.exec(`BEGIN IMMEDIATE; ${sql} PRAGMA user_version = ${i + 1}; COMMIT`)
  }
  if (database.get(`SELECT 1 FROM meta WHERE key = 'log_id'`)) return
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
