import type { RefusalCode } from '../../protocol/errors.ts'
import type { Person, Role } from '../../protocol/people.ts'

export type Verdict = 'ok' | RefusalCode

/** What somebody is to a room. */
export type Standing = {
  role: Role
  isIn: boolean
  isPublic: boolean
  made: boolean
  muted: boolean
  archived: boolean
  /** Only those who look after it write there. */
  restricted: boolean
}

const rank = { owner: 3, admin: 2, member: 1, guest: 0, visitor: 0, bot: 1 } satisfies Record<Role, number>
const looksAfter = ({ role }: { role: Role }) => rank[role] >= rank.admin
const manages = (me: Standing) => looksAfter(me) || (me.made && me.isIn)
const maySee = ({ isIn, isPublic, role }: Standing) => isIn || (isPublic && rank[role] >= rank.member)

/** Refused first as if there was no such thing, then for what one may not do. */
const only = (sees: boolean, may: boolean): Verdict => (!sees ? 'not_found' : may ? 'ok' : 'forbidden')

/** Who may do something in a room. */
export const inRoom = {
  members: (me) => only(me.isIn, true),
  readers: (me) => only(maySee(me), true),
  writers: (me) => only(me.isIn, !me.archived && !me.muted && (!me.restricted || manages(me))),
  /** Whoever is in and not muted, also where others write. */
  talkers: (me) => only(me.isIn, !me.archived && !me.muted),
  newcomers: (me) => only(me.isPublic && maySee(me), !me.archived),
  /** Bringing others in is for members of the place. */
  hosts: (me) => only(me.isIn, !me.archived && rank[me.role] >= rank.member),
  managers: (me) => only(me.isIn, manages(me)),
  managersOfWhatIsOpen: (me) => only(me.isIn, manages(me) && !me.archived),
  /** Owners and admins look after public rooms from outside as well. */
  keepers: (me) => only(maySee(me), manages(me)),
  /** What others wrote: as keepers, and to everybody else it is a matter of those who are in. */
  cleaners: (me) => only(looksAfter(me) ? maySee(me) : me.isIn, manages(me)),
  owners: (me) => only(maySee(me), me.role === 'owner'),
  /** Of owners and admins; to others it is the same wherever it leads. */
  inviters: (me) => (looksAfter(me) ? only(me.isIn, !me.archived) : 'forbidden'),
  /** One’s own messages are where one is not any more. */
  nobodyButTheAuthor: (me) => only(me.isIn, false),
  /** Passed by without a word where it is none of one’s own. */
  everybody: () => 'ok',
} satisfies Record<string, (me: Standing) => Verdict>

type Other = Pick<Person, 'role'> | 'nobody' | 'oneself'

/** Who may do something to somebody. */
export const toPerson = {
  /** Nobody does to those beside or above them what those above them do to them. */
  above(me, other) {
    if (!looksAfter(me)) return 'forbidden'
    if (other === 'nobody') return 'not_found'
    if (other === 'oneself') return 'forbidden'
    return me.role === 'owner' || rank[me.role] > rank[other.role] ? 'ok' : 'forbidden'
  },
  everybody: (_, other) => (other === 'nobody' ? 'not_found' : other === 'oneself' ? 'invalid' : 'ok'),
  /** A guest is with people they share a room with. */
  acquaintances: (me, other) =>
    other === 'nobody' ? 'not_found' : other === 'oneself' ? 'invalid' : me.role === 'guest' ? 'forbidden' : 'ok',
} satisfies Record<string, (me: Pick<Person, 'role'>, other: Other) => Verdict>

/** Who may ask for something of the place or of themselves. */
export const plainly = {
  everybody: () => 'ok',
  members: ({ role }) => (rank[role] >= rank.member ? 'ok' : 'forbidden'),
  admins: (me) => (looksAfter(me) ? 'ok' : 'forbidden'),
  owners: ({ role }) => (role === 'owner' ? 'ok' : 'forbidden'),
  /** Without showing once more that it is they. */
  nobody: () => 'forbidden',
  nothingThere: () => 'not_found',
  /** A passkey that answers nothing that was asked. */
  unproven: () => 'unauthorized',
} satisfies Record<string, (me: Pick<Person, 'role'>) => Verdict>
