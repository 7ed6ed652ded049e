import type { Facts } from '../store.ts'
import type { Database } from '../sql/database.ts'
import { countAll } from '../sql/facts.ts'
import { metaOf, peopleById } from '../sql/queries.ts'
import { createReads } from '../sql/reads.ts'

/** Everything that is read, as one thread of several does it. */
export function createPostgresReads(database: Database) {
  const reads = {
    ...createReads(database),
    own: {
      names: async (): Promise<Record<string, string[]>> =>
        Object.fromEntries(Object.entries(reads).map(([group, calls]) => [group, Object.keys(calls)])),
      ids: async () => ({
        logId: String(metaOf(database, 'log_id')),
        placeId: String(metaOf(database, 'place_id')),
      }),
      people: async (ids: readonly string[]) => peopleById(database, ids),
      facts: async (): Promise<Facts> => {
        const size = database.get('SELECT pg_database_size(current_database()) AS size')
        return { ...countAll(database), database: Number(size?.['size']), free: null }
      },
    },
    log: {
      /** From where on what is committed has not been seen yet. */
      end: async () => String(database.get('SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS xid')?.['xid']),
      /** Everything from there on up to what is still being written; and from where on to go on. */
      since: async (xid: string) => {
        const rows = database.all(
          `SELECT id, node, pg_snapshot_xmin(pg_current_snapshot())::text AS next FROM commits
           WHERE xid >= ?::text::xid8 AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY xid, id`,
          xid,
        )
        return {
          entries: rows.map((row) => ({ id: Number(row['id']), node: String(row['node']) })),
          next: rows[0] ? String(rows[0]['next']) : xid,
          logId: String(metaOf(database, 'log_id')),
        }
      },
      told: async (ids: readonly number[]) =>
        ids.length === 0
          ? []
          : database
              .all(
                'SELECT id, told FROM commits WHERE id IN (SELECT value::bigint FROM json_each(?)) ORDER BY id',
                JSON.stringify(ids),
              )
              .map((row) => ({ id: Number(row['id']), told: String(row['told']) })),
    },
  }
  return reads
}
