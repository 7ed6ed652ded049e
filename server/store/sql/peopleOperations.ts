import { Refusal } from '../../../protocol/errors.ts'
import { NAME_LENGTH } from '../../../protocol/limits.ts'
import type { Person, Role } from '../../../protocol/people.ts'
import { appearanceOf, normaliseName } from '../../names/names.ts'
import type { Store } from '../store.ts'
import { audit } from './audit.ts'
import { hereOf, mustRule, personOf } from './authority.ts'
import type { Database } from './database.ts'
import { ACCOUNT_TABLES } from './accountReads.ts'
import { unsentGone } from './filesGone.ts'
import type { Changes } from './gathering.ts'
import { defaultRoomOf } from './queries.ts'
import { releasePicture } from './pictures.ts'
import { newId } from './ids.ts'

const TINTS = 96

/** In and out of a room, with what that changes. */
export type Moves = {
  /** Everything in it is new to them with `readFromStart`; otherwise only what comes. */
  enter: (roomId: string, personId: string, readFromStart?: boolean) => void
  leave: (roomId: string, personId: string) => void
}

export function nextPeopleRev(database: Database): number {
  return Number(
    database.get(`UPDATE meta SET value = CAST(value AS bigint) + 1 WHERE key = 'people_rev' RETURNING value`)?.[
      'value'
    ],
  )
}

export type PeopleOperations = ReturnType<typeof createPeopleOperations>

/** What changes people, and by what they are known again. */
export function createPeopleOperations(database: Database, changes: Changes, { enter, leave }: Moves) {
  function mustBeFree(appearance: string, except?: string): void {
    const row = database.get('SELECT id, name FROM people WHERE appearance = ?', appearance)
    if (row && row['id'] !== except) throw new Refusal('name_taken', `There's already a ${row['name']} here.`)
  }

  /** The first of those that the fewest have. */
  function leastUsedTint(): number {
    const rows = database.all('SELECT tint, count(*) AS n FROM people GROUP BY tint')
    const used = new Map(rows.map((row) => [row['tint'], Number(row['n'])]))
    return Array.from({ length: TINTS }, (_, i) => i).reduce((best, i) =>
      (used.get(i) ?? 0) < (used.get(best) ?? 0) ? i : best,
    )
  }

  function mustNotBeLast(id: string): void {
    if (!database.get(`SELECT 1 FROM people WHERE role = 'owner' AND gone = 0 AND id <> ?`, id))
      throw new Refusal('forbidden', 'Somebody has to own the place: make somebody else owner first.')
  }

  /** Who may invite nobody any more does so by no link of theirs either. */
  const stopInvites = (id: string) => database.run('UPDATE invites SET revoked = 1 WHERE created_by = ?', id)

  function changed(id: string): Person {
    const person = personOf(database, id)
    changes.person(person)
    return person
  }

  return {
    'people.create'({
      name,
      role,
      inviteId,
    }: Parameters<Store['people']['create']>[0] & { inviteId?: string }): Person {
      const shown = normaliseName(name, NAME_LENGTH)
      const appearance = appearanceOf(shown)
      mustBeFree(appearance)
      const id = newId()
      database.run(
        `INSERT INTO people (id, name, appearance, role, tint, rev, created_at, invite_id) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
        id,
        shown,
        appearance,
        role,
        leastUsedTint(),
        nextPeopleRev(database),
        Date.now(),
        inviteId ?? null,
      )
      const person = changed(id)
      // A guest is where they were invited to, and nowhere else.
      if (role !== 'guest') enter(defaultRoomOf(database), id)
      return person
    },

    'people.rename'(id: string, name: string): Person {
      hereOf(database, id)
      const shown = normaliseName(name, NAME_LENGTH)
      const appearance = appearanceOf(shown)
      mustBeFree(appearance, id)
      database.run(
        'UPDATE people SET name = ?, appearance = ?, rev = ? WHERE id = ?',
        shown,
        appearance,
        nextPeopleRev(database),
        id,
      )
      return changed(id)
    },

    /** `way`: for good; or to be found as they were some day, but for what others saw of them. */
    'people.remove'(id: string, by?: string, way: 'end' | 'rest' = 'end'): Person {
      const before = personOf(database, id)
      if (before.gone) return before
      mustRule(database, by, before.role)
      if (before.role === 'owner') mustNotBeLast(id)
      const rooms = database.all('SELECT room_id FROM members WHERE person_id = ? AND present = 1', id)
      for (const row of rooms) leave(String(row['room_id']), id)
      for (const row of database.all('SELECT id FROM sessions WHERE person_id = ?', id))
        changes.session(String(row['id']))
      database.run('DELETE FROM device_links WHERE person_id = ?', id)
      for (const table of way === 'end'
        ? ['sessions', 'settings', 'scheduled', 'reminders', 'saved', ...ACCOUNT_TABLES]
        : [])
        database.run(`DELETE FROM ${table} WHERE person_id = ?`, id)
      stopInvites(id)
      unsentGone(database, id)
      database.run(
        `UPDATE people SET gone = 1, role = CASE WHEN role IN ('owner', 'admin') THEN 'member' ELSE role END, about = NULL,
           status_emoji = NULL, status_text = NULL, status_until = NULL, zone = NULL, picture = NULL, rev = ? WHERE id = ?`,
        nextPeopleRev(database),
        id,
      )
      releasePicture(database, before.picture)
      audit(database, { action: 'people:remove', by, personId: id })
      return changed(id)
    },

    'people.bringBack'(id: string): Person {
      database.run('UPDATE people SET gone = 0, rev = ? WHERE id = ?', nextPeopleRev(database), id)
      const person = changed(id)
      if (person.role !== 'guest') enter(defaultRoomOf(database), id)
      return person
    },

    'people.setRole'(id: string, role: Role, by?: string): Person {
      const before = hereOf(database, id)
      mustRule(database, by, before.role, role)
      if (before.role === role) return before
      if (before.role === 'owner') mustNotBeLast(id)
      if (role !== 'owner' && role !== 'admin') stopInvites(id)
      database.run('UPDATE people SET role = ?, rev = ? WHERE id = ?', role, nextPeopleRev(database), id)
      audit(database, { action: 'people:role', by, personId: id, details: { from: before.role, to: role } })
      // A guest who becomes more is where everybody is.
      if (before.role === 'guest') enter(defaultRoomOf(database), id)
      if (role === 'guest') leave(defaultRoomOf(database), id)
      return changed(id)
    },
  }
}
