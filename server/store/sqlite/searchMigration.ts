import { FIRST } from '../sql/said.ts'

/**
 * `said` numbers the messages of all rooms by when they were sent, so that what is found comes newest first by itself. `search` is
 * the index, without any text, of all messages up to the number that `meta` has as 'indexed': those after it are few, and wait to
 * be indexed many at a time. Rooms with messages from before there was an index, without a number until they are in it, are in
 * `to_index`.
 */
export const SEARCH = `
  ALTER TABLE messages ADD COLUMN said INTEGER;
  CREATE UNIQUE INDEX messages_said ON messages (said) WHERE said IS NOT NULL;
  CREATE TABLE to_index (
    room_id TEXT PRIMARY KEY REFERENCES rooms (id),
    below INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  INSERT INTO to_index SELECT id, seq + 1 FROM rooms WHERE seq > 0;
  INSERT INTO meta VALUES ('indexed', ${FIRST});
  CREATE VIRTUAL TABLE search USING fts5(
    terms, content = '', columnsize = 0, detail = none, tokenize = 'ascii', prefix = '2 3'
  );
  INSERT INTO search (search, rank) VALUES ('secure-delete', 1);
  CREATE TRIGGER message_changed AFTER UPDATE OF body ON messages
    WHEN old.body <> new.body AND old.said <= (SELECT value FROM meta WHERE key = 'indexed') BEGIN
    INSERT INTO search (search, rowid, terms)
      SELECT 'delete', old.said, terms_of(old.room_id, old.author_id, old.body) WHERE old.body <> '';
    INSERT INTO search (rowid, terms)
      SELECT new.said, terms_of(new.room_id, new.author_id, new.body) WHERE new.body <> '';
  END;
  CREATE TRIGGER message_gone AFTER DELETE ON messages
    WHEN old.body <> '' AND old.said <= (SELECT value FROM meta WHERE key = 'indexed') BEGIN
    INSERT INTO search (search, rowid, terms) VALUES ('delete', old.said, terms_of(old.room_id, old.author_id, old.body));
  END;`

/**
 * Taking a long text out of the index takes seconds, in which nobody could write. So what changes a message, whoever does it and
 * why, notes only which text the index has of it, and it is taken out afterwards, in pieces. `done`: so many of its terms are. It outlives its
 * room, whose rows are told by their `room_id`.
 */
export const OUTDATED = `
  CREATE TABLE outdated (
    said INTEGER PRIMARY KEY,
    room TEXT NOT NULL,
    author TEXT NOT NULL,
    text TEXT NOT NULL,
    done INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX outdated_without ON outdated (said) WHERE text = '';
  DROP TRIGGER message_changed;
  DROP TRIGGER message_gone;
  CREATE TRIGGER message_changed AFTER UPDATE OF body, poll, files ON messages
    WHEN old.said <= (SELECT value FROM meta WHERE key = 'indexed')
      AND searched_text(old.body, old.poll, old.files) <> searched_text(new.body, new.poll, new.files) BEGIN
    INSERT INTO outdated (said, room, author, text)
      VALUES (old.said, old.room_id, old.author_id, searched_text(old.body, old.poll, old.files)) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER message_gone AFTER DELETE ON messages
    WHEN old.said <= (SELECT value FROM meta WHERE key = 'indexed') AND searched_text(old.body, old.poll, old.files) <> '' BEGIN
    INSERT INTO outdated (said, room, author, text)
      VALUES (old.said, old.room_id, old.author_id, searched_text(old.body, old.poll, old.files)) ON CONFLICT DO NOTHING;
  END;`

/** What the page is called that a message links to is looked through as well. Everything is indexed anew: see TERMS. */
export const TITLES = `
  DROP TRIGGER message_changed;
  DROP TRIGGER message_gone;
  CREATE TRIGGER message_changed AFTER UPDATE OF body, poll, files, preview ON messages
    WHEN old.said <= (SELECT value FROM meta WHERE key = 'indexed')
      AND searched_text(old.body, old.poll, old.files, old.preview) <> searched_text(new.body, new.poll, new.files, new.preview) BEGIN
    INSERT INTO outdated (said, room, author, text)
      VALUES (old.said, old.room_id, old.author_id, searched_text(old.body, old.poll, old.files, old.preview)) ON CONFLICT DO NOTHING;
  END;
  CREATE TRIGGER message_gone AFTER DELETE ON messages
    WHEN old.said <= (SELECT value FROM meta WHERE key = 'indexed')
      AND searched_text(old.body, old.poll, old.files, old.preview) <> '' BEGIN
    INSERT INTO outdated (said, room, author, text)
      VALUES (old.said, old.room_id, old.author_id, searched_text(old.body, old.poll, old.files, old.preview)) ON CONFLICT DO NOTHING;
  END;`
