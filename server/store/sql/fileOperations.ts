import { Refusal } from '../../../protocol/errors.ts'
import type { SentFiles } from '../../../protocol/files.ts'
import type { FileLimits, Files, KeptFile } from '../files.ts'
import type { Messages } from '../messages.ts'
import { hereOf, mustBeIn } from './authority.ts'
import type { Database } from './database.ts'
import { filesIn, filesOf, keptFile } from './fileReads.ts'
import { newId } from './ids.ts'
import { leaveTraces } from './traces.ts'

const noFile = () => new Refusal('not_found', 'One of these files is not there any more.')
const noRoomForMine = () =>
  new Refusal('forbidden', 'There is no room for more files of yours: delete messages that have large ones.')

type Place = { roomId: string; seq: number }
type Owned = Place & { authorId: string }

type Draft = Pick<Parameters<Messages['append']>[0], 'files' | 'forward' | 'filesMost'>

/** What a message keeps of its files beside its text. */
export function takeFiles(database: Database, its: Owned, { files, forward, filesMost = 0 }: Draft): string {
  if (!files && !forward) return ''
  if (files) bindFiles(database, its, files)
  if (forward) repeatFiles(database, its, forward, filesMost)
  return filesIn(database, its.roomId, its.seq)
}

/** One's own, whole, and of no other message. */
function bindFiles(database: Database, { roomId, seq, authorId }: Owned, files: SentFiles): void {
  for (const [place, { id, alt = '' }] of files.entries()) {
    const bound = database.get(
      `UPDATE files SET seq = ?, place = ?, alt = ?
       WHERE id = ? AND room_id = ? AND uploader_id = ? AND ready = 1 AND seq IS NULL RETURNING id`,
      seq,
      place,
      alt.trim(),
      id,
      roomId,
      authorId,
    )
    if (!bound) throw noFile()
  }
}

/**
 * Files of the same bytes as those of another message, each its own: whoever may read this one has them as long as it is there.
 * They count to who forwards them.
 */
function repeatFiles(database: Database, { roomId, seq, authorId }: Owned, from: Place, most: number): void {
  const rows = database.all('SELECT id, size FROM files WHERE room_id = ? AND seq = ?', from.roomId, from.seq)
  if (rows.length === 0) return
  const size = rows.reduce((sum, row) => sum + Number(row['size']), 0)
  if (sizeOf(database, authorId) + size > most) throw noRoomForMine()
  for (const { id } of rows)
    database.run(
      `INSERT INTO files (id, room_id, uploader_id, seq, place, name, type, size, width, height, blur, moves, alt, ready, begun_at, bytes)
       SELECT ?, ?, ?, ?, place, name, type, size, width, height, blur, moves, alt, ready, ?, bytes FROM files WHERE id = ?`,
      newId() + newId(),
      roomId,
      authorId,
      seq,
      Date.now(),
      String(id),
    )
}

/** Of what somebody has sent and is sending; of everybody's with ''. */
const sizeOf = (database: Database, owner: string): number =>
  Number(database.get('SELECT size FROM file_sizes WHERE owner = ?', owner)?.['size'] ?? 0)

/** Whether a message took along just these, said the same of each. */
export function isSame(known: Parameters<typeof filesOf>[0], files: SentFiles = []): boolean {
  const before = filesOf(known) ?? []
  return (
    before.length === files.length &&
    files.every(({ id, alt = '' }, i) => before[i]?.id === id && (before[i].alt ?? '') === alt.trim())
  )
}

export function createFileOperations(database: Database) {
  function mustFit(uploaderId: string, size: number, { unsent, mine, all }: FileLimits) {
    const open = database.get('SELECT count(*) AS n FROM files WHERE uploader_id = ? AND seq IS NULL', uploaderId)
    if (Number(open?.['n']) >= unsent)
      throw new Refusal('forbidden', 'Many of your files are not sent yet. Send those first, or remove them.')
    if (sizeOf(database, uploaderId) + size > mine) throw noRoomForMine()
    if (sizeOf(database, '') + size > all)
      throw new Refusal('forbidden', 'There is no room for more files in this place. Messages still work.')
  }

  function known(id: string): KeptFile {
    const kept = keptFile(database, id)
    if (!kept) throw noFile()
    return kept
  }

  return {
    'files.begin'({ roomId, uploaderId, name, size, limits }: Parameters<Files['begin']>[0]): KeptFile {
      hereOf(database, uploaderId)
      mustBeIn(database, roomId, uploaderId)
      mustFit(uploaderId, size, limits)
      const id = newId() + newId()
      database.run(
        `INSERT INTO files (id, bytes, room_id, uploader_id, name, type, size, begun_at) VALUES (?, ?, ?, ?, ?, '', ?, ?)`,
        id,
        id,
        roomId,
        uploaderId,
        name,
        size,
        Date.now(),
      )
      return known(id)
    },

    'files.finish'(id: string, finished: Parameters<Files['finish']>[1]): KeptFile {
      const { name, type, size, width = null, height = null, blur = null, moves = false } = finished
      const before = known(id)
      if (before.isReady) return before
      database.run(
        'UPDATE files SET name = ?, type = ?, size = ?, width = ?, height = ?, blur = ?, moves = ?, ready = 1 WHERE id = ?',
        name,
        type,
        size,
        width,
        height,
        blur,
        moves ? 1 : 0,
        id,
      )
      return known(id)
    },

    'files.drop'(id: string): void {
      if (database.get('DELETE FROM files WHERE id = ? AND seq IS NULL RETURNING id', id)) leaveTraces(database)
    },

    'files.dropUnsent'(before: number): void {
      const dropped = database.all('DELETE FROM files WHERE seq IS NULL AND begun_at < ? RETURNING id', before)
      if (dropped.length > 0) leaveTraces(database)
    },

    'files.forget'(ids: readonly string[]): void {
      for (const id of ids) database.run('DELETE FROM lost_files WHERE id = ?', id)
    },
  }
}
