import { expect, it } from 'vitest'
import { hasRoomFor, type KeptBytes } from './database.ts'

const kept = (local: string, megabytes: number, at = 0): KeptBytes => ({
  personId: 'ann',
  local,
  roomId: 'lobby',
  name: local,
  type: '',
  bytes: new Blob([new Uint8Array(megabytes * 1_000_000)]),
  id: null,
  at,
})

it('keeps files of two hundred megabytes, of which what is replaced is none', () => {
  const all = [kept('a', 60), kept('b', 60)]
  expect(hasRoomFor(kept('c', 80), all)).toBe(true)
  expect(hasRoomFor(kept('c', 81), all)).toBe(false)
  expect(hasRoomFor(kept('b', 140), all)).toBe(true)
})
