import { expect, it, vi } from 'vitest'
import type { Person } from '../../protocol/people.ts'
import { unknown } from '../messages/rows.ts'
import { beginningOf, personIn, runCommand, spanIn, type Hands } from './commands.ts'

const person = (name: string): Person => ({ ...unknown, id: name, name })
const [maya, mayaO] = [person('Maya'), person('Maya O.')]

const hands = () =>
  ({
    say: vi.fn(() => ({})),
    setTopic: vi.fn(async () => ({})),
    find: vi.fn(async (text: string) => personIn(text, [maya, mayaO])),
    invite: vi.fn(async () => ({})),
    write: vi.fn(async () => ({})),
    mute: vi.fn(async () => ({})),
    ask: vi.fn(() => ({})),
    compose: vi.fn(() => ({})),
    help: vi.fn(() => ({})),
  }) satisfies Hands

async function run(text: string) {
  const all = hands()
  const outcome = await runCommand(text, all)
  const calls = Object.entries(all).flatMap(([name, hand]) =>
    name === 'find' ? [] : hand.mock.calls.map((call) => [name, ...call]),
  )
  return { outcome, calls }
}

it('says what somebody does, and shrugs with both arms', async () => {
  expect((await run('/me waves')).calls).toEqual([['say', '_waves_']])
  expect((await run('/shrug who knows')).calls).toEqual([['say', String.raw`who knows ¯\\\_(ツ)\_/¯`]])
  expect((await run('/me')).outcome).toEqual({ problem: 'Write some words after /me.' })
})

it('asks a question with its answers, and has fields for what is missing', async () => {
  const lunch = { question: 'Lunch?', options: ['Soup', 'Cake'] }
  expect((await run('/poll Lunch? | Soup |  Cake |')).calls).toEqual([['ask', lunch]])
  expect((await run('/poll Lunch?')).calls).toEqual([['compose', { question: 'Lunch?', options: [] }]])
  expect((await run('/poll')).calls).toEqual([['compose', { question: '', options: [] }]])
  const problem = 'A question needs two to ten answers of at most 100 characters, no two the same.'
  for (const wrong of ['a|b|b', `a|b|${'c'.repeat(101)}`, '0|1|2|3|4|5|6|7|8|9|10|11'])
    expect(await run(`/poll ${wrong}`)).toEqual({ outcome: { problem }, calls: [] })
})

it('says what a room is for, also in several words, and that it is for nothing in particular', async () => {
  expect((await run('/topic Toasters, and  lamps')).calls).toEqual([['setTopic', 'Toasters, and  lamps']])
  expect((await run('/topic')).calls).toEqual([['setTopic', '']])
})

it('finds whom a name means, the longer of two, with or without its sign', async () => {
  expect((await run('/dm @Maya O. see you at nine')).calls).toEqual([['write', mayaO, 'see you at nine']])
  expect((await run('/dm maya see you')).calls).toEqual([['write', maya, 'see you']])
  expect((await run('/dm Mayas')).outcome).toEqual({ problem: 'Write after /dm the name of somebody who is here.' })
  expect((await run('/invite Maya')).calls).toEqual([['invite', maya]])
  expect((await run('/invite Maya and others')).calls).toEqual([])
})

it('mutes for as long as is said, and for eight hours where nothing is', async () => {
  expect((await run('/mute 30m')).calls).toEqual([['mute', 1_800_000]])
  expect((await run('/mute')).calls).toEqual([['mute', 8 * 3_600_000]])
  expect((await run('/mute soon')).calls).toEqual([])
  expect([spanIn('0m'), spanIn('400d'), spanIn('2D')]).toEqual([null, null, 2 * 86_400_000])
})

it('does nothing for a command that there is not, and says how to send it', async () => {
  expect(await run('/dance')).toEqual({
    outcome: { problem: 'There is no command /dance. Put a blank before it to send it as it is.' },
    calls: [],
  })
})

it('offers commands while the name of one is written, and no longer', () => {
  expect(['/', '/to', '/topic ', 'a /to', '//', '/usr/bin'].map(beginningOf)).toEqual([
    '',
    'to',
    null,
    null,
    null,
    null,
  ])
})
