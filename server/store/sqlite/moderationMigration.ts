/**
 * Who is muted, banned and blocked, what was reported and deleted, and the log of it. A room of '' is the whole
 * place. What a purge deleted lies in `purged` until it is put back or erased.
 */
export const MODERATION = `ALTER TABLE messages ADD COLUMN moderated INTEGER NOT NULL DEFAULT 0;
   ALTER TABLE people ADD COLUMN banned INTEGER NOT NULL DEFAULT 0;
   CREATE INDEX people_banned ON people (name COLLATE NOCASE, id) WHERE banned = 1;
   CREATE TABLE mutes (
     person_id TEXT NOT NULL REFERENCES people (id),
     room_id TEXT NOT NULL,
     until INTEGER NOT NULL,
     PRIMARY KEY (person_id, room_id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE shut_addresses (
     hash TEXT NOT NULL,
     person_id TEXT NOT NULL REFERENCES people (id),
     until INTEGER NOT NULL,
     PRIMARY KEY (hash, person_id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE blocks (
     person_id TEXT NOT NULL REFERENCES people (id),
     blocked_id TEXT NOT NULL REFERENCES people (id),
     PRIMARY KEY (person_id, blocked_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX blocks_by_blocked ON blocks (blocked_id);
   CREATE TABLE reports (
     id TEXT PRIMARY KEY,
     at INTEGER NOT NULL,
     room_id TEXT NOT NULL,
     seq INTEGER NOT NULL,
     author_id TEXT NOT NULL,
     reporter_id TEXT NOT NULL,
     body TEXT NOT NULL,
     reason TEXT NOT NULL,
     outcome TEXT,
     resolved_by TEXT,
     resolved_at INTEGER,
     UNIQUE (room_id, seq, reporter_id)
   ) STRICT;
   CREATE INDEX reports_open ON reports (at, id) WHERE outcome IS NULL;
   CREATE INDEX reports_resolved ON reports (resolved_at, id) WHERE outcome IS NOT NULL;
   CREATE TABLE purges (
     id TEXT PRIMARY KEY,
     person_id TEXT NOT NULL,
     made_by TEXT NOT NULL,
     room_id TEXT,
     at INTEGER NOT NULL,
     since INTEGER NOT NULL,
     done INTEGER NOT NULL,
     state TEXT NOT NULL
   ) STRICT;
   CREATE INDEX purges_by_person ON purges (person_id, at);
   CREATE TABLE purge_rooms (
     purge_id TEXT NOT NULL,
     room_id TEXT NOT NULL,
     below INTEGER NOT NULL,
     PRIMARY KEY (purge_id, room_id)
   ) STRICT, WITHOUT ROWID;
   CREATE TABLE purged (
     room_id TEXT NOT NULL,
     seq INTEGER NOT NULL,
     purge_id TEXT NOT NULL,
     body TEXT NOT NULL,
     edited_at INTEGER,
     sent_hash TEXT,
     mentions TEXT NOT NULL,
     PRIMARY KEY (room_id, seq)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX purged_by_purge ON purged (purge_id, room_id, seq);
   CREATE TABLE audit (
     id INTEGER PRIMARY KEY AUTOINCREMENT,
     at INTEGER NOT NULL,
     action TEXT NOT NULL,
     made_by TEXT NOT NULL,
     person_id TEXT,
     room_id TEXT,
     details TEXT NOT NULL
   ) STRICT;
   CREATE INDEX audit_by_maker ON audit (made_by, id);
   CREATE INDEX audit_by_person ON audit (person_id, id);
   CREATE INDEX audit_of_deleted_rooms ON audit (room_id) WHERE action = 'room:delete';
   CREATE TRIGGER audit_stays BEFORE UPDATE ON audit BEGIN SELECT raise(ABORT, 'what was done stays as it is'); END;
   CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit BEGIN SELECT raise(ABORT, 'what was done is kept'); END;`
