/**
 * What people want to be reminded of, and what they are writing, by room first: what goes with a message or a room is found by it.
 * The newest revision of somebody's drafts stands beside them, because a draft that is over has none.
 */
export const REMINDERS = `CREATE TABLE reminders (
     room_id TEXT NOT NULL,
     seq INTEGER NOT NULL,
     person_id TEXT NOT NULL,
     at INTEGER NOT NULL,
     due INTEGER NOT NULL DEFAULT 0,
     PRIMARY KEY (room_id, seq, person_id)
   ) STRICT, WITHOUT ROWID;
   CREATE INDEX reminders_by_person ON reminders (person_id, at);
   CREATE INDEX reminders_by_time ON reminders (at) WHERE due = 0;
   CREATE TABLE drafts (
     room_id TEXT NOT NULL,
     thread INTEGER NOT NULL,
     person_id TEXT NOT NULL,
     text TEXT NOT NULL,
     reply_to INTEGER,
     rev INTEGER NOT NULL,
     PRIMARY KEY (room_id, thread, person_id)
   ) STRICT;
   CREATE INDEX drafts_by_person ON drafts (person_id, rev);
   ALTER TABLE people ADD COLUMN drafts_rev INTEGER NOT NULL DEFAULT 0;`
