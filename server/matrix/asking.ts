import type { Answer, RequestName } from '../../protocol/index.ts'
import { inRoom, plainly, toPerson, type Verdict } from './groups.ts'
import { table, type Case, type Things } from './table.ts'
import {
  CANARY,
  everyone,
  kinds,
  nowhere,
  roles,
  standing,
  type Furnished,
  type Kind,
  type Who,
  type World,
} from './world.ts'

type About<T extends Case<unknown>['of']> = Extract<Case<unknown>, { of: T }>

const others = ['member', 'admin', 'owner', 'nobody', 'oneself'] as const
const othersOf = ({ leaves }: About<'person'>, who: Who) =>
  others.filter((other) => !(leaves && who === 'owner' && other === 'oneself'))

export const casesOf = (name: RequestName) => table[name] as Case<unknown>[]

/** How many cells there are of it, however few are tried. */
export function cellsOf(one: Case<unknown>): number {
  const of = (who: Who) => (one.of === 'room' ? kinds.length : one.of === 'person' ? othersOf(one, who).length : 1)
  return everyone.reduce((sum, who) => sum + of(who), 0)
}

const verdictOf = (answer: Answer<unknown>): Verdict => (answer.ok ? 'ok' : answer.error.code)

const tells = (answer: unknown, { roomId }: Furnished) => {
  const told = JSON.stringify(answer)
  return told.includes(roomId) || told.includes(CANARY)
}

/** Asks everything in everybody's name, and keeps what is not as it should be. */
export function createAsking(world: World, rooms: Record<Kind, Furnished>, things: Things) {
  const wrong: string[] = []
  let cells = 0

  async function ask(who: Who, name: RequestName, input: unknown): Promise<Answer<unknown>> {
    return world.cast[who].request(name, input as never)
  }

  function judge(cell: string, answer: Answer<unknown>, expected: Verdict): void {
    cells++
    if (verdictOf(answer) === expected) return
    wrong.push(`${cell}: ${expected} expected, ${answer.ok ? 'ok' : `${answer.error.code}, ${answer.error.message}`}`)
  }

  async function inRooms(name: RequestName, one: About<'room'>, who: Who): Promise<void> {
    const none = JSON.stringify(await ask(who, name, one.input(nowhere, who, things)))
    for (const kind of kinds) {
      const me = standing(who, kind)
      const expected = inRoom[one.who](me)
      const room = one.changes && expected === 'ok' ? await world.furnish(kind, [who]) : rooms[kind]
      const cell = `${name} (${one.who}) × ${who} × ${kind}`
      const answer = await ask(who, name, one.input(room, who, things))
      judge(cell, answer, expected)
      if (inRoom.readers(me) === 'ok') continue
      if (tells(answer, room)) wrong.push(`${cell}: tells of it`)
      if (JSON.stringify(answer) !== none) wrong.push(`${cell}: not as of a room that is none`)
    }
  }

  async function toPeople(name: RequestName, one: About<'person'>, who: Who): Promise<void> {
    for (const other of othersOf(one, who)) {
      const isNew = other !== 'nobody' && other !== 'oneself'
      const id = isNew ? (await world.person(other)).id : other === 'oneself' ? world.cast[who].hello.me.id : other
      const answer = await ask(who, name, one.input(id))
      judge(
        `${name} × ${who} × ${other}`,
        answer,
        toPerson[one.who]({ role: roles[who] }, isNew ? { role: other } : other),
      )
    }
  }

  async function ofPlace(name: RequestName, one: About<'place'>, who: Who): Promise<void> {
    const answer = await ask(who, name, one.input(things, who))
    judge(`${name} × ${who}`, answer, plainly[one.who]({ role: roles[who] }))
    for (const kind of ['secret', 'conversation'] as const)
      if (JSON.stringify(answer).includes(rooms[kind].roomId)) wrong.push(`${name} × ${who}: tells of the ${kind} room`)
  }

  return {
    wrong,
    tried: () => cells,
    everyoneAsks: (name: RequestName, one: Case<unknown>) =>
      Promise.all(
        everyone.map((who) => {
          if (one.of === 'room') return inRooms(name, one, who)
          return one.of === 'person' ? toPeople(name, one, who) : ofPlace(name, one, who)
        }),
      ),
  }
}
