/**
 * Files, and those that are no more while their bytes may still be there: whatever removes a row, the deletion of its message or
 * of its room, leaves its id. What a message says of its files stands beside its text as well.
 */
export const FILES = `
   ALTER TABLE messages ADD COLUMN files TEXT NOT NULL DEFAULT '';
   CREATE TABLE files (
     id TEXT PRIMARY KEY,
     room_id TEXT NOT NULL REFERENCES rooms (id),
     uploader_id TEXT NOT NULL REFERENCES people (id),
     seq INTEGER,
     place INTEGER NOT NULL DEFAULT 0,
     name TEXT NOT NULL,
     type TEXT NOT NULL,
     size INTEGER NOT NULL,
     width INTEGER,
     height INTEGER,
     blur TEXT,
     moves INTEGER NOT NULL DEFAULT 0,
     alt TEXT NOT NULL DEFAULT '',
     ready INTEGER NOT NULL DEFAULT 0,
     begun_at INTEGER NOT NULL
   ) STRICT;
   CREATE INDEX files_by_message ON files (room_id, seq, place);
   CREATE INDEX files_by_uploader ON files (uploader_id, seq, size);
   CREATE INDEX files_unsent ON files (begun_at) WHERE seq IS NULL;
   CREATE TABLE lost_files (id TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
   CREATE TRIGGER files_lost AFTER DELETE ON files BEGIN INSERT INTO lost_files (id) VALUES (old.id); END;`

/**
 * A file may lie under the name of another one: whoever forwards a message has files of their own, of the same bytes, which go with
 * the last of them.
 */
export const SHARED_BYTES = `
   ALTER TABLE files ADD COLUMN bytes TEXT NOT NULL DEFAULT '';
   UPDATE files SET bytes = id;
   CREATE INDEX files_by_bytes ON files (bytes, size);
   DROP TRIGGER files_lost;
   CREATE TRIGGER files_lost AFTER DELETE ON files WHEN NOT EXISTS (SELECT 1 FROM files WHERE bytes = old.bytes)
     BEGIN INSERT INTO lost_files (id) VALUES (old.bytes); END;`

/** Who looks for files looks through these. */
export const FILES_SOUGHT = `CREATE INDEX messages_with_files ON messages (said) WHERE files <> '';`

/** In their own rooms, whatever is in others. */
export const FILES_SOUGHT_BY_ROOM = `DROP INDEX messages_with_files;
   CREATE INDEX messages_with_files ON messages (room_id, said) WHERE files <> '';`

/**
 * How much there is of each person, and by nobody's name ('') of all, kept by whatever changes files: to add it up each time would
 * take longer with every file. What was forwarded counts to each who has it, and among all once, since its bytes lie there once.
 */
export const FILE_SIZES = `
   CREATE TABLE file_sizes (owner TEXT PRIMARY KEY, size INTEGER NOT NULL) STRICT, WITHOUT ROWID;
   INSERT INTO file_sizes SELECT uploader_id, sum(size) FROM files GROUP BY uploader_id;
   INSERT INTO file_sizes SELECT '', coalesce(sum(size), 0) FROM (SELECT max(size) AS size FROM files GROUP BY bytes);
   CREATE TRIGGER files_added AFTER INSERT ON files BEGIN
     INSERT INTO file_sizes VALUES (new.uploader_id, new.size) ON CONFLICT DO UPDATE SET size = size + excluded.size;
     UPDATE file_sizes SET size = size + new.size
       WHERE owner = '' AND NOT EXISTS (SELECT 1 FROM files WHERE bytes = new.bytes AND id <> new.id);
   END;
   CREATE TRIGGER files_resized AFTER UPDATE OF size ON files WHEN new.size <> old.size BEGIN
     UPDATE file_sizes SET size = size + new.size - old.size WHERE owner IN (new.uploader_id, '');
   END;
   CREATE TRIGGER files_taken AFTER DELETE ON files BEGIN
     UPDATE file_sizes SET size = size - old.size WHERE owner = old.uploader_id;
     UPDATE file_sizes SET size = size - old.size
       WHERE owner = '' AND NOT EXISTS (SELECT 1 FROM files WHERE bytes = old.bytes);
   END;`
