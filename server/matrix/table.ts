import { createECDH, randomUUID } from 'node:crypto'
import type { Input, RequestName } from '../../protocol/index.ts'
import { inRoom, plainly, toPerson } from './groups.ts'
import type { Furnished, Who } from './world.ts'

/** What requests speak of, beside rooms and people. */
export type Things = {
  zed: string
  yan: string
  /** Of somebody else. */
  session: string
  endpoint: string
  invite: string
  report: string
  /** A room that everybody is in who asks. */
  commons: string
}

type InRoom<I> = {
  of: 'room'
  who: keyof typeof inRoom
  input: (room: Furnished, who: Who, things: Things) => I
  /** It leaves another room behind, or another membership. */
  changes: boolean
}
type ToPerson<I> = {
  of: 'person'
  who: keyof typeof toPerson
  input: (personId: string) => I
  /** An owner who did it to themselves would be none any more, which is theirs to do. */
  leaves?: boolean
}
type Plainly<I> = { of: 'place'; who: keyof typeof plainly; input: (things: Things, who: Who) => I }
export type Case<I> = InRoom<I> | ToPerson<I> | Plainly<I>

const room = <I>(who: keyof typeof inRoom, input: InRoom<I>['input']): InRoom<I> => ({
  of: 'room',
  who,
  input,
  changes: false,
})
const changing = <I>(who: keyof typeof inRoom, input: InRoom<I>['input']): InRoom<I> => ({
  of: 'room',
  who,
  input,
  changes: true,
})
const person = <I>(who: keyof typeof toPerson, input: ToPerson<I>['input']): ToPerson<I> => ({
  of: 'person',
  who,
  input,
})
const plain = <I>(who: keyof typeof plainly, input: Plainly<I>['input']): Plainly<I> => ({ of: 'place', who, input })

const nothing = () => ({})
const [milliseconds, password] = [3_600_000, 'four words at least']
const passkey = { id: 'x', rawId: 'x', type: 'public-key' as const }
const attestation = { clientDataJSON: 'x', attestationObject: 'x' }
/** Of a browser that could be reached. */
export const keys = { p256dh: createECDH('prime256v1').generateKeys('base64url'), auth: 'x'.repeat(22) }

/** Every request there is, of whom, and for whom it is. One that is not decided on here does not compile. */
export const table: { [K in RequestName]: Case<Input<K>>[] } = {
  'message:send': [
    room('writers', ({ roomId }) => ({ roomId, key: randomUUID(), body: 'x' })),
    room('writers', ({ roomId, theirs }) => ({ roomId, key: randomUUID(), body: 'x', replyTo: theirs })),
    room('readers', ({ roomId, theirs }, _, { commons }) => ({
      roomId: commons,
      key: randomUUID(),
      body: 'x',
      forward: { roomId, seq: theirs },
    })),
  ],
  'message:edit': [
    room('writers', ({ roomId, mine }, who) => ({ roomId, seq: mine[who] ?? 999, body: randomUUID() })),
    room('nobodyButTheAuthor', ({ roomId, theirs }) => ({ roomId, seq: theirs, body: 'x' })),
  ],
  'message:delete': [
    changing('members', ({ roomId, mine }, who) => ({ roomId, seq: mine[who] ?? 999 })),
    changing('cleaners', ({ roomId, theirs }) => ({ roomId, seq: theirs })),
  ],
  'message:restore': [
    changing('writers', ({ roomId, mineDeleted }, who) => ({ roomId, seq: mineDeleted[who] ?? 999 })),
    changing('cleaners', ({ roomId, theirsDeleted }, who) => ({ roomId, seq: theirsDeleted[who] ?? 999 })),
  ],
  'message:history': [
    room('members', ({ roomId, theirs }) => ({ roomId, seq: theirs })),
    room('members', ({ roomId, mine }, who) => ({ roomId, seq: mine[who] ?? 999 })),
  ],
  'message:list': [room('readers', ({ roomId }) => ({ roomId }))],
  'message:get': [room('readers', ({ roomId, theirs }) => ({ roomId, seqs: [theirs] }))],
  'message:replies': [room('readers', ({ roomId, theirs }) => ({ roomId, seq: theirs }))],
  'message:pin': [room('writers', ({ roomId, theirs }) => ({ roomId, seq: theirs, on: true }))],
  'pin:list': [room('readers', ({ roomId }) => ({ roomId }))],
  'saved:set': [room('readers', ({ roomId, theirs }) => ({ roomId, seq: theirs, on: true }))],
  'saved:list': [plain('everybody', nothing)],
  'reaction:set': [
    room('talkers', ({ roomId, theirs }) => ({ roomId, seq: theirs, emoji: '🎂', on: true })),
    room('talkers', ({ roomId, theirs }) => ({ roomId, seq: theirs, emoji: '🎂', on: false })),
  ],
  'emoji:list': [plain('everybody', nothing)],
  'emoji:remove': [plain('admins', () => ({ name: 'nobodys' }))],
  'poll:vote': [room('talkers', ({ roomId, poll }) => ({ roomId, seq: poll, options: [0] }))],
  'poll:close': [changing('cleaners', ({ roomId, poll }) => ({ roomId, seq: poll }))],
  'preview:allow': [room('managersOfWhatIsOpen', ({ roomId }) => ({ roomId, on: true }))],
  'preview:remove': [
    room('members', ({ roomId, mine }, who) => ({ roomId, seq: mine[who] ?? 999 })),
    room('cleaners', ({ roomId, theirs }) => ({ roomId, seq: theirs })),
  ],
  'room:sync': [room('members', ({ roomId }) => ({ roomId, since: 0 }))],

  'room:create': [plain('members', () => ({ name: 'Of one’s own', private: true }))],
  'room:join': [changing('newcomers', ({ roomId }) => ({ roomId }))],
  'room:leave': [changing('members', ({ roomId }) => ({ roomId }))],
  'room:rename': [room('managersOfWhatIsOpen', ({ roomId }) => ({ roomId, name: randomUUID() }))],
  'room:add': [changing('hosts', ({ roomId }, _, { yan }) => ({ roomId, personId: yan }))],
  'room:remove': [changing('managers', ({ roomId }, _, { zed }) => ({ roomId, personId: zed }))],
  'room:topic': [room('writers', ({ roomId }) => ({ roomId, topic: 'x' }))],
  'room:writing': [changing('managersOfWhatIsOpen', ({ roomId }) => ({ roomId, slowMode: 5 }))],
  'room:archive': [
    changing('managers', ({ roomId }) => ({ roomId, archived: true })),
    changing('keepers', ({ roomId }) => ({ roomId, archived: false })),
  ],
  'room:delete': [changing('owners', ({ roomId }) => ({ roomId }))],
  'room:arrange': [room('everybody', ({ roomId }) => ({ roomIds: [roomId] }))],
  'room:direct': [person('acquaintances', (personId) => ({ personId }))],
  'room:list': [plain('everybody', nothing), plain('everybody', () => ({ archived: true }))],
  'room:members': [room('readers', ({ roomId }) => ({ roomId }))],

  'people:rename': [plain('everybody', () => ({ name: randomUUID().slice(0, 30) }))],
  'people:role': [{ ...person('above', (personId) => ({ personId, role: 'member' as const })), leaves: true }],
  'people:remove': [{ ...person('above', (personId) => ({ personId })), leaves: true }],
  'people:get': [plain('everybody', ({ zed }) => ({ ids: [zed] }))],
  'people:list': [plain('everybody', nothing)],
  'people:seen': [plain('admins', ({ zed }) => ({ ids: [zed] }))],
  'people:sync': [plain('everybody', () => ({ since: 0 }))],
  'profile:change': [plain('everybody', () => ({ about: 'x' }))],
  'settings:change': [plain('everybody', () => ({ showsWords: true }))],

  'presence:set': [plain('everybody', () => ({ presence: 'here' }))],
  'presence:busy': [plain('everybody', () => ({ milliseconds: 0 }))],
  'typing:set': [room('writers', ({ roomId }) => ({ roomId, typing: true }))],
  'read:advance': [room('members', ({ roomId }) => ({ roomId, seq: 1 }))],
  'for-you:list': [plain('everybody', nothing)],
  'search:messages': [
    plain('everybody', () => ({ query: 'reported' })),
    plain('everybody', () => ({ query: 'in:quetzal', order: 'best' })),
  ],
  'message:at': [room('readers', ({ roomId }) => ({ roomId, time: 0 }))],

  'place:health': [plain('admins', nothing)],
  'place:change': [plain('admins', () => ({ name: 'Fernhill' })), plain('owners', () => ({ join: 'open' }))],
  'invite:create': [
    plain('admins', nothing),
    plain('owners', () => ({ role: 'admin' })),
    room('inviters', ({ roomId }) => ({ roomIds: [roomId] })),
  ],
  'invite:list': [plain('admins', nothing)],
  'invite:people': [plain('admins', ({ invite }) => ({ id: invite }))],
  'invite:revoke': [plain('admins', ({ invite }) => ({ id: invite }))],

  'device:list': [plain('everybody', nothing)],
  'device:link': [plain('everybody', nothing)],
  // Twice is once, and another one’s is none: that theirs is there afterwards is asked in the end.
  'device:revoke': [plain('everybody', ({ session }) => ({ id: session }))],
  'device:revokeOthers': [plain('everybody', nothing)],

  'scheduled:set': [
    room('writers', ({ roomId }) => ({ roomId, id: randomUUID(), body: 'x', at: Date.now() + milliseconds })),
  ],
  'scheduled:cancel': [plain('everybody', () => ({ id: randomUUID() }))],
  'scheduled:list': [plain('everybody', nothing)],

  'reminder:set': [room('readers', ({ roomId, theirs }) => ({ roomId, seq: theirs, at: Date.now() + milliseconds }))],
  // Twice is once, wherever it was.
  'reminder:end': [room('everybody', ({ roomId, theirs }) => ({ roomId, seq: theirs }))],
  'reminder:list': [plain('everybody', nothing)],

  'draft:set': [
    room('members', ({ roomId }) => ({ roomId, text: 'x' })),
    room('members', ({ roomId, theirs }) => ({ roomId, thread: theirs, text: '' })),
  ],
  'draft:list': [plain('everybody', nothing)],

  'push:room': [room('members', ({ roomId }) => ({ roomId, level: 'all' }))],
  'push:looking': [room('everybody', ({ roomId }) => ({ roomId }))],
  'push:key': [plain('everybody', nothing)],
  'push:subscribe': [plain('nobody', () => ({ endpoint: 'https://example.org/', ...keys }))],
  'push:unsubscribe': [plain('everybody', ({ endpoint }) => ({ endpoint }))],
  'push:test': [plain('nothingThere', ({ endpoint }) => ({ endpoint }))],

  'account:get': [plain('everybody', nothing)],
  'account:prove': [plain('everybody', nothing)],
  'account:password': [plain('everybody', () => ({ password })), plain('nobody', () => ({ password }))],
  'account:passkeyOptions': [plain('nobody', nothing)],
  'account:passkey': [plain('unproven', () => ({ made: { ...passkey, response: attestation } }))],
  'account:signOn': [plain('nothingThere', nothing)],
  'account:remove': [plain('nobody', () => ({ way: { type: 'password' } }))],
  'account:code': [plain('nobody', nothing)],
  'account:link': [person('above', (personId) => ({ personId }))],

  'moderation:mute': [
    person('above', (personId) => ({ personId, milliseconds })),
    room('keepers', ({ roomId }, _, { zed }) => ({ roomId, personId: zed, milliseconds })),
  ],
  'moderation:unmute': [
    person('above', (personId) => ({ personId })),
    room('keepers', ({ roomId }, _, { zed }) => ({ roomId, personId: zed })),
  ],
  'moderation:ban': [person('above', (personId) => ({ personId }))],
  'moderation:lift': [person('above', (personId) => ({ personId }))],
  'moderation:bans': [plain('admins', nothing)],
  'moderation:about': [
    plain('admins', ({ zed }) => ({ personId: zed })),
    room('keepers', ({ roomId }, _, { zed }) => ({ roomId, personId: zed })),
  ],
  'moderation:purge': [
    person('above', (personId) => ({ personId, within: 'day' })),
    changing('keepers', ({ roomId }, _, { zed }) => ({ roomId, personId: zed, within: 'day' })),
  ],
  'moderation:undo': [changing('keepers', ({ purge }) => ({ id: purge }))],

  'report:make': [room('readers', ({ roomId, theirs }) => ({ roomId, seq: theirs }))],
  'report:list': [plain('admins', nothing), plain('admins', () => ({ open: false }))],
  'report:resolve': [plain('admins', ({ report }) => ({ id: report, outcome: 'nothing' }))],
  'block:set': [person('everybody', (personId) => ({ personId, blocked: true }))],
  'audit:list': [plain('admins', nothing)],
}
