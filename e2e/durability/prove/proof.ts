import { randomBytes } from 'node:crypto'
import { setTimeout as after } from 'node:timers/promises'
import type { Message } from '../../../protocol/messages.ts'
import type { Chance } from '../chance.ts'
import { check, isFaultless, type Findings } from '../checkers.ts'
import { createKeys, type Keys } from '../keys.ts'
import { networkFaults, trouble, type NetworkFault, type Weather } from '../network.ts'
import { enter, type Participant } from '../participant.ts'
import { startRelay, type Relay } from '../relay.ts'
import { comeToRest } from '../rest.ts'
import { openLine, type Line } from './line.ts'
import { comeIn, Unprovable } from './place.ts'
import { talk } from './talk.ts'
import { openTunnel, type Tunnel } from './tunnel.ts'

export type ProofOptions = {
  origin: string
  /** How long they talk. Milliseconds. */
  time: number
  people: number
  /** The token of a link that lets them in, where one is needed. */
  invite?: string | undefined
  chance: Chance
  /** Ends the talk early. What was said until then is judged, and cleaned up. */
  signal: AbortSignal
  tell: (step: string) => void
}

export type Proof = {
  room: string
  seconds: number
  findings: Findings
  /** Of the acknowledged ones, how many the server was asked for at once and said; of these, how many were not there: too early. */
  looked: number
  early: number
  /** Who had not come to rest: connected, nothing waiting, nothing missing. */
  restless: number
  /** How long somebody was cut off or lacked something, each time, from when they noticed. Milliseconds. */
  recoveries: number[]
  /** Messages of ours that could not be deleted again. */
  leftBehind: number
}

/** Somebody in the room: straight to the server, and through a bad network. */
export type Person = { line: Line; participant: Participant; relay: Relay; weather: Weather }

/** How long all may take to come to rest. Milliseconds. */
const PATIENCE = 40_000
/** A server that is gone is not waited for long to clean up. Longer than it may tell somebody to wait. Milliseconds. */
const CLEANING = 12_000
/** Between two deletions of one person: with what they wrote in the last seconds they stay within Natter's limit. */
const DELETING = 250

export const isGood = ({ findings, looked, early, restless }: Proof): boolean =>
  isFaultless(findings.faults) && early === 0 && restless === 0 && looked > 0

/** Lets a few people talk in a room of their own through a bad network, and compares what all were told with what is stored. */
export async function prove({ origin, time, people, invite, chance, signal, tell }: ProofOptions): Promise<Proof> {
  const name = `Check ${randomBytes(2).toString('hex')}`
  const lines: Line[] = []
  const persons: Person[] = []
  const keys = createKeys()
  const tunnel = await openTunnel(origin)
  let roomId = ''
  let leftBehind = 0

  async function run() {
    tell(`${people} people come in`)
    for (let author = 1; author <= people && !signal.aborted; author++) {
      const cookie = await comeIn(origin, `${name}, person ${author}`, invite)
      const line = await openLine(origin, cookie)
      lines.push(line)
      if (roomId) await line.ask('room:join', { roomId })
      else roomId = await makeRoom(line, name)
      persons.push(await seat({ origin, cookie, line, tunnel, roomId, author, keys, chance }))
    }
    if (signal.aborted) throw new Unprovable('It was ended before it began.')
    tell(`they talk in the room "${name}"`)
    const { seconds, recoveries, looked, early } = await talk(persons, { roomId, keys, time, chance, signal })
    tell('everything comes to rest')
    await Promise.all(persons.map(({ weather }) => weather.calm()))
    const participants = persons.map(({ participant }) => participant)
    const { stored, restless } = await comeToRest(participants, () => history(lines[0], roomId), PATIENCE)
    const numbered = stored.messages.map((message) => ({ ...message, number: keys.numberOf(message) }))
    return { room: name, seconds, findings: check(numbered, participants), looked, early, restless, recoveries }
  }

  try {
    const proof = await run()
    tell('they clean up and leave')
    await leave()
    return { ...proof, leftBehind }
  } catch (error) {
    await leave()
    throw error
  } finally {
    for (const { close } of lines) close()
    tunnel.close()
  }

  async function leave(): Promise<void> {
    for (const { participant } of persons) participant.leave()
    await Promise.all(persons.map(({ relay }) => relay.close()))
    const written = (i: number) => persons[i]?.participant.acked.size ?? 0
    const counts = await Promise.all(lines.map((line, i) => cleanUp(line, roomId, written(i))))
    leftBehind = counts.reduce((sum, count) => sum + count, 0)
  }
}

async function makeRoom(line: Line, name: string): Promise<string> {
  const topic = 'A check whether messages get lost. It is over in a moment; what was said is deleted then.'
  const { room } = await line.ask('room:create', { name, topic })
  return room.id
}

type Seat = { origin: string; cookie: string; line: Line; tunnel: Tunnel; roomId: string; author: number; keys: Keys }

async function seat({ line, tunnel, chance, ...who }: Seat & { chance: Chance }): Promise<Person> {
  const { origin, cookie, roomId, author, keys } = who
  const relay = await startRelay(tunnel.url, chance.random)
  const known = { cookie, origin }
  const random = chance.fork().random
  const participant = await enter({ url: relay.url, name: '', known, roomId, author, keys, random })
  const weather = trouble(relay, Object.keys(networkFaults) as NetworkFault[], chance.fork())
  return { line, participant, relay, weather }
}

async function history(line: Line | undefined, roomId: string, patience?: number) {
  const messages: Message[] = []
  for (;;) {
    const page = await line?.ask('message:list', { roomId, after: messages.at(-1)?.seq ?? 0, limit: 100 }, patience)
    messages.push(...(page?.messages ?? []))
    if (!page || page.messages.length === 0) return { messages, rev: page?.head.rev ?? 0 }
  }
}

/** Deletes what this person said, `written` messages, and leaves. Resolves to how much of it is still there. */
async function cleanUp(line: Line, roomId: string, written: number): Promise<number> {
  if (!roomId) return 0
  const isMine = ({ authorId, deleted }: Message) => authorId === line.hello.me.id && !deleted
  let left = written
  try {
    const { messages } = await history(line, roomId, CLEANING)
    const mine = messages.filter(isMine)
    left = mine.length
    for (const { seq } of mine) {
      await line.ask('message:delete', { roomId, seq }, CLEANING)
      left--
      await after(DELETING)
    }
    await line.ask('room:leave', { roomId }, CLEANING)
  } catch {
    // The server went away, or does not want to: what is left is said in the end.
  }
  return left
}
