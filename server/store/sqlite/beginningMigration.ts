/** What a database of the first Natter had. */
export const BEGINNING = `CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY NOT NULL) STRICT;
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
   CREATE INDEX messages_by_rev ON messages (room_id, rev);`
