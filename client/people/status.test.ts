import { expect, it } from 'vitest'
import { reduce } from '../socket/reduce.ts'
import { initialState, type State } from '../socket/state.ts'
import { ann, bob } from '../testing/room.ts'

const away = { ...bob, status: { emoji: '🌴', text: '', until: 1_000 } }
const begin: State = {
  ...initialState,
  me: ann,
  people: { ann: { ...ann, status: { emoji: '', text: 'Here' } }, bob: away },
}
const tick = (state: State, at: number) => reduce(state, { type: 'tick', now: 0, at })

it('ends on time by the page’s own clock, whether or not the server can be heard', () => {
  expect(tick(begin, 999)).toBe(begin)
  const over = tick(begin, 1_000)
  expect(over.people['bob']?.status).toBeUndefined()
  expect(over.people['ann']?.status).toEqual({ emoji: '', text: 'Here' })
  // What was sent before it ended may come after.
  expect(reduce(over, { type: 'people', people: [away] }).people['bob']?.status).toBeUndefined()
})

it('ends of oneself as well', () => {
  const mine = { ...begin, me: away }
  expect(tick(mine, 1_000).me?.status).toBeUndefined()
})
