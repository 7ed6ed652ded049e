import { BEGINNING } from './beginningMigration.ts'
import { EMOJI } from './emojiMigration.ts'
import { FILE_SIZES, FILES, FILES_SOUGHT, FILES_SOUGHT_BY_ROOM, SHARED_BYTES } from './filesMigration.ts'
import { MODERATION } from './moderationMigration.ts'
import { POLLS } from './pollMigration.ts'
import { PREVIEWS } from './previewMigration.ts'
import { REACTIONS } from './reactionMigration.ts'
import { REMINDERS } from './reminderMigration.ts'
import { REPLIES } from './replyMigration.ts'
import { OUTDATED, SEARCH, TITLES } from './searchMigration.ts'

/** Each entry takes a database from one version to the next; `user_version` says which ones it has had. */
export const MIGRATIONS: readonly string[] = [
  BEGINNING,
  // The text that a message was sent with is known by its hash once it has another: the sender may still repeat it.
  `ALTER TABLE messages ADD COLUMN edited_at INTEGER;
   ALTER TABLE messages ADD COLUMN deleted INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE messages ADD COLUMN sent_hash TEXT;`,
  // A visitor was called a guest as long as there were no others.
  `ALTER TABLE people ADD COLUMN invite_id TEXT;
   ALTER TABLE rooms ADD COLUMN made_by TEXT REFERENCES people (id);
   ALTER TABLE people ADD COLUMN gone INTEGER NOT NULL DEFAULT 0;
   UPDATE people SET role = 'visitor' WHERE role = 'guest';
   CREATE TABLE invites (
     id TEXT PRIMARY KEY,
     token_hash TEXT NOT NULL UNIQUE,
     role TEXT NOT NULL,
     room_ids TEXT NOT NULL,
     used INTEGER NOT NULL,
     uses_left INTEGER,
     expires_at INTEGER,
     revoked INTEGER NOT NULL,
     created_by TEXT NOT NULL REFERENCES people (id),
     created_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX people_by_invite ON people (invite_id, created_at);
   CREATE INDEX people_by_role ON people (role);
   CREATE TABLE device_links (
     person_id TEXT PRIMARY KEY REFERENCES people (id),
     token_hash TEXT NOT NULL UNIQUE,
     expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   ALTER TABLE sessions ADD COLUMN id TEXT NOT NULL DEFAULT '';
   ALTER TABLE sessions ADD COLUMN agent TEXT NOT NULL DEFAULT '';
   ALTER TABLE sessions ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
   UPDATE sessions SET id = lower(hex(randomblob(9))), seen_at = created_at;
   CREATE UNIQUE INDEX sessions_by_id ON sessions (id);
   CREATE INDEX sessions_by_person ON sessions (person_id, seen_at);`,
  `ALTER TABLE members ADD COLUMN level TEXT NOT NULL DEFAULT 'forYou';
   ALTER TABLE members ADD COLUMN muted_until INTEGER;
   ALTER TABLE members ADD COLUMN told_up_to INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE members ADD COLUMN notified INTEGER NOT NULL DEFAULT 0;
   CREATE TABLE push_subscriptions (
     endpoint TEXT PRIMARY KEY,
     person_id TEXT NOT NULL REFERENCES people (id),
     session_id TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
     p256dh TEXT NOT NULL,
     auth TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX push_by_person ON push_subscriptions (person_id, created_at);
   CREATE INDEX push_by_session ON push_subscriptions (session_id);`,
  `ALTER TABLE people ADD COLUMN about TEXT;
   ALTER TABLE people ADD COLUMN status_emoji TEXT;
   ALTER TABLE people ADD COLUMN status_text TEXT;
   ALTER TABLE people ADD COLUMN status_until INTEGER;
   ALTER TABLE people ADD COLUMN zone TEXT;
   ALTER TABLE people ADD COLUMN picture TEXT;
   CREATE INDEX people_by_status_until ON people (status_until) WHERE status_until IS NOT NULL;
   CREATE INDEX people_by_picture ON people (picture) WHERE picture IS NOT NULL;
   CREATE TABLE pictures (hash TEXT PRIMARY KEY, type TEXT NOT NULL, bytes BLOB NOT NULL) STRICT;
   CREATE TABLE settings (
     person_id TEXT PRIMARY KEY REFERENCES people (id),
     chosen TEXT NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX settings_by_busy ON settings (chosen ->> '$.busy.until') WHERE chosen ->> '$.busy' IS NOT NULL;`,
  // When somebody last wrote in a room is kept beside them: their newest message may be far up, and is deleted perhaps.
  `ALTER TABLE rooms ADD COLUMN archived INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE rooms ADD COLUMN who_writes TEXT NOT NULL DEFAULT 'everybody';
   ALTER TABLE rooms ADD COLUMN slow_mode INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE members ADD COLUMN favourite INTEGER;
   ALTER TABLE members ADD COLUMN wrote_at INTEGER NOT NULL DEFAULT 0;`,
  `ALTER TABLE members ADD COLUMN read_rev INTEGER NOT NULL DEFAULT 0;`,
  // Whom a message mentions, as it tells it, and by person; nobody by name ('') is everybody in the room.
  `ALTER TABLE messages ADD COLUMN mentions TEXT NOT NULL DEFAULT '';
   CREATE TABLE mentions (
     reached TEXT NOT NULL,
     room_id TEXT NOT NULL REFERENCES rooms (id),
     seq INTEGER NOT NULL,
     rev INTEGER NOT NULL,
     author_id TEXT NOT NULL REFERENCES people (id),
     sent_at INTEGER NOT NULL,
     PRIMARY KEY (reached, room_id, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX mentions_by_time ON mentions (reached, room_id, sent_at, seq);`,
  `CREATE TABLE accounts (
     person_id TEXT PRIMARY KEY REFERENCES people (id),
     password TEXT,
     code_hash TEXT UNIQUE
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE passkeys (
     id TEXT PRIMARY KEY,
     person_id TEXT NOT NULL REFERENCES people (id),
     public_key TEXT NOT NULL,
     counter INTEGER NOT NULL,
     transports TEXT NOT NULL,
     agent TEXT NOT NULL,
     created_at INTEGER NOT NULL,
     used_at INTEGER
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX passkeys_by_person ON passkeys (person_id, created_at);
   CREATE TABLE reset_links (
     person_id TEXT PRIMARY KEY REFERENCES people (id),
     token_hash TEXT NOT NULL UNIQUE,
     made_by TEXT,
     expires_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE known_marks (
     person_id TEXT NOT NULL REFERENCES people (id),
     mark TEXT NOT NULL,
     seen_at INTEGER NOT NULL,
     PRIMARY KEY (person_id, mark)
   ) STRICT, WITHOUT ROWID;
   ALTER TABLE sessions ADD COLUMN way TEXT NOT NULL DEFAULT 'name';
   ALTER TABLE sessions ADD COLUMN made_by TEXT;`,
  MODERATION,
  `CREATE TABLE identities (
     key TEXT PRIMARY KEY,
     issuer TEXT NOT NULL,
     person_id TEXT NOT NULL,
     created_at INTEGER NOT NULL
   ) STRICT, WITHOUT ROWID;
   CREATE UNIQUE INDEX identities_by_person ON identities (person_id, issuer);`,
  // By room first, as it is always asked: what goes with a room is found without looking through all others.
  `CREATE TABLE mentions_by_room (
     room_id TEXT NOT NULL REFERENCES rooms (id),
     reached TEXT NOT NULL,
     seq INTEGER NOT NULL,
     rev INTEGER NOT NULL,
     author_id TEXT NOT NULL REFERENCES people (id),
     sent_at INTEGER NOT NULL,
     PRIMARY KEY (room_id, reached, seq)
   ) STRICT, WITHOUT ROWID;
   INSERT INTO mentions_by_room (room_id, reached, seq, rev, author_id, sent_at)
     SELECT room_id, reached, seq, rev, author_id, sent_at FROM mentions ORDER BY room_id, reached, seq;
   DROP TABLE mentions;
   ALTER TABLE mentions_by_room RENAME TO mentions;
   CREATE INDEX mentions_by_time ON mentions (room_id, reached, sent_at, seq);`,
  `CREATE TABLE scheduled (
     id TEXT NOT NULL,
     person_id TEXT NOT NULL REFERENCES people (id),
     room_id TEXT NOT NULL REFERENCES rooms (id),
     key TEXT NOT NULL,
     body TEXT NOT NULL,
     at INTEGER NOT NULL,
     failed TEXT,
     PRIMARY KEY (person_id, id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX scheduled_by_time ON scheduled (at) WHERE failed IS NULL;`,
  // What messages said before they were edited; and what of deleted ones can be put back, for seconds.
  `CREATE TABLE versions (
     room_id TEXT NOT NULL REFERENCES rooms (id),
     seq INTEGER NOT NULL,
     rev INTEGER NOT NULL,
     body TEXT NOT NULL,
     written_at INTEGER NOT NULL,
     PRIMARY KEY (room_id, seq, rev)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE withdrawn (
     room_id TEXT NOT NULL REFERENCES rooms (id),
     seq INTEGER NOT NULL,
     made_by TEXT NOT NULL,
     at INTEGER NOT NULL,
     body TEXT NOT NULL,
     edited_at INTEGER,
     sent_hash TEXT,
     mentions TEXT NOT NULL,
     PRIMARY KEY (room_id, seq)
   ) STRICT, WITHOUT ROWID;`,
  REPLIES,
  `ALTER TABLE messages ADD COLUMN pinned_by TEXT;
   ALTER TABLE messages ADD COLUMN pinned_at INTEGER;
   CREATE INDEX messages_pinned ON messages (room_id, pinned_at, seq) WHERE pinned_at IS NOT NULL;`,
  // By room first: what goes with a message or a room is found by it.
  `CREATE TABLE saved (
     room_id TEXT NOT NULL,
     seq INTEGER NOT NULL,
     person_id TEXT NOT NULL,
     at INTEGER NOT NULL,
     PRIMARY KEY (room_id, seq, person_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX saved_by_person ON saved (person_id, at, room_id, seq);`,
  REACTIONS,
  POLLS,
  SEARCH,
  REMINDERS,
  FILES,
  OUTDATED,
  SHARED_BYTES,
  FILES_SOUGHT,
  PREVIEWS,
  EMOJI,
  // By what this place is known to where its files lie.
  `INSERT INTO meta (key, value) VALUES ('place_id', lower(hex(randomblob(12))));`,
  // What was pinned is pinned again when it is put back.
  `ALTER TABLE withdrawn ADD COLUMN pinned_by TEXT;
   ALTER TABLE withdrawn ADD COLUMN pinned_at INTEGER;
   ALTER TABLE purged ADD COLUMN pinned_by TEXT;
   ALTER TABLE purged ADD COLUMN pinned_at INTEGER;`,
  FILES_SOUGHT_BY_ROOM,
  FILE_SIZES,
  TITLES,
]
