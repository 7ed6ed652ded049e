import { beginningOf } from '../../protocol/mentions.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Preview } from '../../protocol/rooms.ts'
import { gist } from '../uploads/gist.ts'
import type { Quiet } from './unread.ts'

/** What stands of a message on the page that shows everything unread. */
export type Line = Pick<Preview, 'seq' | 'rev' | 'authorId' | 'text' | 'poll' | 'deleted'>

/** So many of each room, and so much of each. */
export const LINES = 8
const LENGTH = 400

type Waiting = { id: string; unread: number; forYou: number }

/** What is for me comes first; and then nothing moves any more: what begins to wait later stands below. */
export function arrange(order: readonly string[], waiting: readonly Waiting[]): readonly string[] {
  const added = waiting
    .filter(({ id, unread }) => unread > 0 && !order.includes(id))
    .sort((a, b) => Number(b.forYou > 0) - Number(a.forYou > 0))
  return added.length > 0 ? [...order, ...added.map(({ id }) => id)] : order
}

const lineOf = ({ seq, rev, authorId, body, poll, files, deleted }: Message): Line => ({
  seq,
  rev,
  authorId,
  text: beginningOf(gist({ body, files }), LENGTH),
  ...(poll && { poll: true }),
  deleted,
})

/** The first of these that somebody has not read. */
export const linesOf = (messages: readonly Message[], readUpTo: number, quiet: Quiet): readonly Line[] =>
  messages
    .filter(({ seq, authorId, deleted }) => seq > readUpTo && !quiet.includes(authorId) && !deleted)
    .slice(0, LINES)
    .map(lineOf)

/** The newest state of each line, in its place. None comes or goes: that would move the ones that are being read. */
export function changeLines(lines: readonly Line[], newest: readonly Line[]): readonly Line[] {
  const isOlder = (line: Line) => (one: Line) => one.seq === line.seq && one.rev > line.rev
  if (!lines.some((line) => newest.some(isOlder(line)))) return lines
  return lines.map((line) => newest.filter(isOlder(line)).reduce((a, b) => (a.rev > b.rev ? a : b), line))
}

export const changedLines = (messages: readonly Message[]): readonly Line[] => messages.map(lineOf)
