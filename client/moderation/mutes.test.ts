import { expect, it } from 'vitest'
import { reduce } from '../socket/reduce.ts'
import { initialState, type State } from '../socket/state.ts'
import { helloOf } from '../testing/fakeSocket.ts'

const muted = (mutedUntil: number | null): State => {
  const hello = helloOf()
  const rooms = hello.rooms.map((mine) => ({ ...mine, alerts: { level: 'all' as const, mutedUntil } }))
  const mutes = [
    { roomId: 'lobby', until: 1_000 },
    { roomId: null, until: 2_000 },
  ]
  return reduce(reduce(initialState, { type: 'hello', payload: { ...hello, rooms }, now: 0 }), {
    type: 'moderation:changed',
    payload: { mutes, blocked: ['bob'], reports: 0 },
    now: 0,
  })
}
const tick = (state: State, at: number) => reduce(state, { type: 'tick', now: 0, at })

it('lets me write again on time, whether or not the server can be heard', () => {
  const state = muted(null)
  expect(tick(state, 999)).toBe(state)
  expect(tick(state, 1_000).moderation).toEqual({
    mutes: [{ roomId: null, until: 2_000 }],
    blocked: ['bob'],
    reports: 0,
  })
  expect(tick(state, 2_000).moderation.mutes).toEqual([])
})

it('lets a room that I have muted be heard again on time', () => {
  const state = muted(1_500)
  expect(tick(state, 1_499).rooms['lobby']?.alerts.mutedUntil).toBe(1_500)
  expect(tick(state, 1_500).rooms['lobby']?.alerts).toEqual({ level: 'all', mutedUntil: null })
})
