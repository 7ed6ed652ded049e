import { expect, it } from 'vitest'
import { isQuiet } from './quiet.ts'

const at = (time: string) => Date.parse(`2026-07-01T${time}:00Z`)

it.each([
  ['22:00', '08:00', '21:59', false],
  ['22:00', '08:00', '22:00', true],
  ['22:00', '08:00', '03:00', true],
  ['22:00', '08:00', '08:00', false],
  ['12:00', '13:30', '12:45', true],
  ['12:00', '13:30', '13:30', false],
])('from %s to %s it is quiet at %s: %s', (from, to, now, quiet) => {
  const minutes = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
  expect(isQuiet({ from: minutes(from), to: minutes(to), zone: 'UTC' }, at(now))).toBe(quiet)
})

it('goes by the clock of where somebody is, in summer too', () => {
  const quiet = { from: 22 * 60, to: 8 * 60, zone: 'Europe/Lisbon' }
  expect([at('20:59'), at('21:00'), at('06:59'), at('07:00')].map((now) => isQuiet(quiet, now))).toEqual([
    false,
    true,
    true,
    false,
  ])
  expect(isQuiet(null, at('03:00'))).toBe(false)
})
