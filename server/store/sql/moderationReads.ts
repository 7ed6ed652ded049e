import type { AuditEntry } from '../../../protocol/audit.ts'
import { UNDO_MS } from '../../../protocol/limits.ts'
import type { Mute } from '../../../protocol/moderation.ts'
import type { Audit, Blocks, Moderation, Reports } from '../moderation.ts'
import { cut, position, timeAndId } from './listing.ts'
import type { Database, Row } from './database.ts'
import { reportsWhere, SEES, textOrNull } from './reportReads.ts'
import { addressHash } from './moderationOperations.ts'
import { purgesWhere } from './purgeReads.ts'
import { toPerson } from './queries.ts'
import { hashOf } from './tokens.ts'

type ModerationReads = {
  moderation: Omit<Moderation, 'mute' | 'unmute' | 'ban' | 'lift' | 'purge' | 'step' | 'undo'>
  reports: Pick<Reports, 'list' | 'count'>
  blocks: Omit<Blocks, 'set'>
  audit: Audit
}

const toMute = (row: Row): Mute => ({ roomId: String(row['room_id']) || null, until: Number(row['until']) })

const toEntry = (row: Row): AuditEntry => ({
  id: Number(row['id']),
  at: Number(row['at']),
  action: String(row['action']),
  by: String(row['made_by']),
  personId: textOrNull(row['person_id']),
  roomId: textOrNull(row['room_id']),
  details: JSON.parse(String(row['details'])) as AuditEntry['details'],
})

export function createModerationReads(database: Database): ModerationReads {
  const idsOf = (sql: string, ...values: string[]) => database.all(sql, ...values).map((row) => String(row['id']))

  return {
    moderation: {
      mutes: async (personId) =>
        database
          .all('SELECT * FROM mutes WHERE person_id = ? AND until > ? ORDER BY room_id', personId, Date.now())
          .map(toMute),
      async bans({ after, limit }) {
        const rows = database.all(
          `SELECT * FROM people WHERE banned = 1 AND (name COLLATE NOCASE, id) > (?, ?)
           ORDER BY name COLLATE NOCASE, id LIMIT ?`,
          ...position(after),
          limit + 1,
        )
        const { items, next } = cut(rows, limit, toPerson)
        return { people: items, next }
      },
      isBanned: async (personId) =>
        database.get('SELECT 1 FROM people WHERE id = ? AND banned = 1', personId) !== undefined,
      holdsBan: async (token) =>
        database.get(
          'SELECT 1 FROM sessions s JOIN people p ON p.id = s.person_id WHERE s.token_hash = ? AND p.banned = 1',
          hashOf(token),
        ) !== undefined,
      isShut: async (address) =>
        database.get(
          'SELECT 1 FROM shut_addresses WHERE hash = ? AND until > ?',
          addressHash(database, address),
          Date.now(),
        ) !== undefined,
      getPurge: async (id) => purgesWhere(database, 'id = ?', id)[0] ?? null,
      purges: async (personId) =>
        purgesWhere(database, 'person_id = ? AND at > ? ORDER BY at DESC, id LIMIT 20', personId, Date.now() - UNDO_MS),
      unfinished: async () => purgesWhere(database, `state IN ('deleting', 'restoring') ORDER BY at`),
    },

    reports: {
      async list({ reader, open, after, limit }) {
        const [at, id] = timeAndId(after)
        const found = open
          ? reportsWhere(
              database,
              reader,
              'outcome IS NULL AND (at, reports.id) > (?2, ?3) ORDER BY at, reports.id LIMIT ?4',
              at ?? 0,
              id,
              limit + 1,
            )
          : reportsWhere(
              database,
              reader,
              'outcome IS NOT NULL AND (resolved_at, reports.id) < (?2, ?3) ORDER BY resolved_at DESC, reports.id DESC LIMIT ?4',
              at ?? Number.MAX_SAFE_INTEGER,
              id,
              limit + 1,
            )
        const reports = found.slice(0, limit)
        const last = reports.at(-1)
        const next = found.length > limit && last ? `${open ? last.at : last.resolvedAt} ${last.id}` : null
        return { reports, next }
      },
      count: async (reader) =>
        Number(
          database.get(
            `SELECT count(*) AS n FROM (SELECT DISTINCT room_id, seq FROM reports WHERE outcome IS NULL AND author_id <> ?) AS open`,
            reader,
          )?.['n'],
        ),
    },

    blocks: {
      list: async (personId) => idsOf('SELECT blocked_id AS id FROM blocks WHERE person_id = ?', personId),
      by: async (otherId) => idsOf('SELECT person_id AS id FROM blocks WHERE blocked_id = ?', otherId),
      between: async (one, other) =>
        database.get(
          'SELECT 1 FROM blocks WHERE (person_id = ?1 AND blocked_id = ?2) OR (person_id = ?2 AND blocked_id = ?1)',
          one,
          other,
        ) !== undefined,
    },

    audit: {
      async list({ reader, personId, after = Number.MAX_SAFE_INTEGER, limit }) {
        const rows = database.all(
          `SELECT a.*, coalesce(d.details ->> 'name', r.name) AS room_name
           FROM audit a LEFT JOIN rooms r ON r.id = a.room_id
           LEFT JOIN audit d ON d.action = 'room:delete' AND d.room_id = a.room_id
           WHERE a.id < ?2 AND (a.room_id IS NULL OR d.id IS NOT NULL OR ${SEES})
           AND NOT (a.action = 'report:resolve' AND a.person_id = ?1)
           ${personId === undefined ? '' : `AND (a.made_by = ?4 OR a.person_id = ?4)`}
           ORDER BY a.id DESC LIMIT ?3`,
          reader,
          after,
          limit + 1,
          ...(personId === undefined ? [] : [personId]),
        )
        const entries = rows.slice(0, limit).map(toEntry)
        const named = rows.slice(0, limit).filter((row) => row['room_id'] !== null)
        return {
          entries,
          rooms: Object.fromEntries(named.map((row) => [String(row['room_id']), String(row['room_name'])])),
          next: rows.length > limit ? (entries.at(-1)?.id ?? null) : null,
        }
      },
    },
  }
}
