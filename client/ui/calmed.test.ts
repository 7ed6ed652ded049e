import { expect, it } from 'vitest'
import { calmed } from './calmed.ts'

it('leaves as many marks on a letter as any writing has, and no more', () => {
  const marks = (count: number) => '\u0301'.repeat(count)
  expect(calmed(`z${marks(30)} and z${marks(16_000)}.`)).toBe(`z${marks(30)} and z${marks(30)}.`)
  expect(calmed('हिन्दी, ກຳລັງ, Tiếng Việt')).toBe('हिन्दी, ກຳລັງ, Tiếng Việt')
})
