import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'

it.each([
  ['Maya Okafor', 'MO'],
  ['ada', 'A'],
  ['Anna Maria von Stein', 'AS'],
  ['美咲', '美'],
  ['👩‍🔧 Repairs', '👩‍🔧'],
  ['', '?'],
])('draws %j as %j', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
