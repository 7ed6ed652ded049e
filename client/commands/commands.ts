import type { Person } from '../../protocol/people.ts'
import { MUTE_DAYS } from '../../protocol/limits.ts'
import { askedIn, isPoll, type Asked } from '../polls/asked.ts'
import { more } from '../ui/moreWords.ts'
import { DAY, HOUR, MINUTE } from '../ui/spans.ts'

/** What was done, in words for those who do not see it happen; or why not. */
export type Outcome = {
  said?: string
  problem?: string
  /** It goes on in a dialog, and may be left there. */ open?: true
}

/** What a command does its work with. */
export type Hands = {
  /** Sends it here, as if it had been written so. */
  say: (text: string) => Outcome
  setTopic: (topic: string) => Promise<Outcome>
  /** The person whose name this text begins with, and what follows it. */
  find: (text: string) => Promise<{ person: Person; rest: string } | null>
  invite: (person: Person) => Promise<Outcome>
  write: (person: Person, text: string) => Promise<Outcome>
  mute: (milliseconds: number) => Promise<Outcome>
  /** Asks it here. */
  ask: (asked: Asked) => Outcome
  /** Lets somebody write the rest of it in fields. */
  compose: (asked: Asked) => Outcome
  help: () => Outcome
}

export type Command = {
  name: string
  /** What is written after it. */
  takes: string
  means: string
  run: (text: string, hands: Hands) => Outcome | Promise<Outcome>
}

const units: Readonly<Record<string, number>> = { m: MINUTE, h: HOUR, d: DAY }

/** 30m, 8h or 2d, in milliseconds; null for anything else, and for longer than a room can be muted. */
export function spanIn(text: string): number | null {
  const [, count = '', unit = ''] = /^(\d{1,4})\s*([mhd])$/i.exec(text) ?? []
  const span = Number(count) * (units[unit.toLowerCase()] ?? 0)
  return span > 0 && span <= MUTE_DAYS * DAY ? span : null
}

/** As Markdown shows it with both arms. */
const SHRUG = String.raw`¯\\\_(ツ)\_/¯`

/** Everything that can be done by writing it. Another command is an entry here. */
export const commands: readonly Command[] = [
  {
    name: 'me',
    takes: more.argumentText,
    means: more.commandMe,
    run: (text, { say }) => (text ? say(`_${text}_`) : { problem: more.needsWords('me') }),
  },
  {
    name: 'shrug',
    takes: more.argumentText,
    means: more.commandShrug,
    run: (text, { say }) => say(`${text} ${SHRUG}`.trim()),
  },
  {
    name: 'poll',
    takes: more.argumentPoll,
    means: more.commandPoll,
    run(text, { ask, compose }) {
      const asked = askedIn(text)
      if (!asked.question || asked.options.length < 2) return compose(asked)
      return isPoll(asked.options) ? ask(asked) : { problem: more.needsOptions }
    },
  },
  {
    name: 'topic',
    takes: more.argumentText,
    means: more.commandTopic,
    run: (text, { setTopic }) => setTopic(text),
  },
  {
    name: 'invite',
    takes: more.argumentPerson,
    means: more.commandInvite,
    async run(text, { find, invite }) {
      const found = await find(text)
      return found && !found.rest ? invite(found.person) : { problem: more.needsPerson('invite') }
    },
  },
  {
    name: 'dm',
    takes: more.argumentPersonText,
    means: more.commandDm,
    async run(text, { find, write }) {
      const found = await find(text)
      return found ? write(found.person, found.rest) : { problem: more.needsPerson('dm') }
    },
  },
  {
    name: 'mute',
    takes: more.argumentTime,
    means: more.commandMute,
    run(text, { mute }) {
      const span = spanIn(text || '8h')
      return span === null ? { problem: more.needsTime('mute') } : mute(span)
    },
  },
  { name: 'help', takes: '', means: more.commandHelp, run: (_, { help }) => help() },
]

/** What is written of a command's name, as long as nothing follows it; null for what is none. */
export const beginningOf = (draft: string): string | null => /^\/([a-z]*)$/.exec(draft)?.[1] ?? null

/** Does what a text says that begins with a slash and a word. */
export async function runCommand(text: string, hands: Hands): Promise<Outcome> {
  const [, name = '', rest = ''] = /^\/([a-z]+)\s*(.*)$/s.exec(text) ?? []
  const command = commands.find((one) => one.name === name)
  return command ? command.run(rest.trim(), hands) : { problem: more.noCommand(name) }
}

/** Of these people the one whose name a text begins with, with or without "@": of two that fit, the longer name. */
export function personIn(text: string, people: readonly Person[]): { person: Person; rest: string } | null {
  const written = text.replace(/^@/, '')
  const person = people
    .filter(({ name, gone }) => !gone && written.toLowerCase().startsWith(name.toLowerCase()))
    .filter(({ name }) => !/^[\p{L}\p{N}]/u.test(written.slice(name.length)))
    .sort((a, b) => b.name.length - a.name.length)[0]
  return person ? { person, rest: written.slice(person.name.length).trim() } : null
}
