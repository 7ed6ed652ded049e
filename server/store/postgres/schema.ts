import { TABLES } from './tables.ts'

/**
 * What the statements of store/sql/ ask for and PostgreSQL does not have, made in its own words. Numbers that a JSON text has are
 * texts here: those that are compared are times, of as many digits until the year 2286.
 */
const WORDS = `
  CREATE COLLATION nocase (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
  CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT upper(normalize($1, NFKC) COLLATE "und-x-icu") COLLATE "C" $$;
  CREATE FUNCTION instr(text, text) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT strpos($1, $2)::bigint $$;
  CREATE FUNCTION max(bigint, bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT CASE WHEN $1 > $2 THEN $1 ELSE $2 END $$;
  CREATE FUNCTION json_each(text) RETURNS TABLE (value text) LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT json_array_elements_text($1::json) COLLATE "C" $$;
  CREATE FUNCTION json_at(text, text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE
    AS $$ SELECT (CASE WHEN $1 = '' THEN NULL ELSE $1::json END #>> string_to_array(regexp_replace($2, '^[$][.]', ''), '.')) COLLATE "C" $$;
  CREATE OPERATOR ->> (LEFTARG = text, RIGHTARG = text, FUNCTION = json_at);`

/** What was done by those who look after the place stays as it is; and of files the sizes, and which bytes nobody needs any more. */
const TRIGGERS = `
  CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION 'what was done is kept as it is'; END $$;
  CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit FOR EACH ROW EXECUTE FUNCTION audit_stays();

  CREATE FUNCTION files_added() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO file_sizes VALUES (new.uploader_id, new.size)
      ON CONFLICT (owner) DO UPDATE SET size = file_sizes.size + excluded.size;
    UPDATE file_sizes SET size = size + new.size
      WHERE owner = '' AND NOT EXISTS (SELECT 1 FROM files WHERE bytes = new.bytes AND id <> new.id);
    RETURN NULL; END $$;
  CREATE TRIGGER files_added AFTER INSERT ON files FOR EACH ROW EXECUTE FUNCTION files_added();
  CREATE FUNCTION files_resized() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE file_sizes SET size = size + new.size - old.size WHERE owner IN (new.uploader_id, '');
    RETURN NULL; END $$;
  CREATE TRIGGER files_resized AFTER UPDATE OF size ON files FOR EACH ROW WHEN (new.size <> old.size)
    EXECUTE FUNCTION files_resized();
  CREATE FUNCTION files_taken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    UPDATE file_sizes SET size = size - old.size WHERE owner = old.uploader_id;
    IF NOT EXISTS (SELECT 1 FROM files WHERE bytes = old.bytes) THEN
      UPDATE file_sizes SET size = size - old.size WHERE owner = '';
      INSERT INTO lost_files (id) VALUES (old.bytes);
    END IF;
    RETURN NULL; END $$;
  CREATE TRIGGER files_taken AFTER DELETE ON files FOR EACH ROW EXECUTE FUNCTION files_taken();`

/**
 * `search` is the index, of the words of messages without their order; `to_search` has the numbers of those whose words
 * are others than in it, in the order in which they became so, and each as often as it did: whoever indexes takes away only what they have seen.
 * What is deleted goes from the index at once.
 */
const SEARCH = `
  CREATE SEQUENCE said_numbers START ${2 ** 40 + 1};
  CREATE TABLE search (said bigint PRIMARY KEY, terms tsvector NOT NULL);
  CREATE INDEX search_terms ON search USING gin (terms);
  CREATE TABLE to_search (n bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, said bigint NOT NULL);
  CREATE INDEX to_search_said ON to_search (said);
  CREATE FUNCTION message_said() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO to_search (said) VALUES (new.said);
    IF new.deleted = 1 THEN DELETE FROM search WHERE said = new.said; END IF;
    RETURN NULL; END $$;
  CREATE TRIGGER message_said AFTER INSERT OR UPDATE OF body, poll, files, preview ON messages
    FOR EACH ROW WHEN (new.said IS NOT NULL) EXECUTE FUNCTION message_said();
  CREATE FUNCTION message_gone() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    DELETE FROM search WHERE said = old.said;
    RETURN NULL; END $$;
  CREATE TRIGGER message_gone AFTER DELETE ON messages FOR EACH ROW EXECUTE FUNCTION message_gone();`

/**
 * Every commit that is to be told, for all nodes: `xid` is the transaction's, by which a node knows what it has not seen yet, also
 * of what began earlier and was committed later.
 */
const COMMITS = `
  CREATE TABLE commits (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    node text NOT NULL, at bigint NOT NULL, told text NOT NULL);
  CREATE INDEX commits_by_xid ON commits (xid);
  CREATE INDEX commits_by_time ON commits (at);`

/** Each entry takes a database from one version to the next; `meta` has as 'version' how many it has had. */
export const MIGRATIONS: readonly string[] = [
  // Compared as their bytes are, whatever the database's own language is.
  [WORDS, TABLES.replaceAll(' words', ' text COLLATE "C"'), TRIGGERS, SEARCH, COMMITS].join('\n'),
  // Whoever searches looks through all that is not in its place in the index yet, as far as four megabytes if nobody says otherwise.
  'ALTER INDEX search_terms SET (gin_pending_list_limit = 64);',
  'CREATE TABLE history (told text NOT NULL);',
]
