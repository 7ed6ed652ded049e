import { describe, expect, it } from 'vitest'
import { diskAt, filesOf, type Fate, type Step } from './disk.ts'

const nothing: Fate = { keeps: () => false, tears: false }
const everything: Fate = { keeps: () => true, tears: false }
/** Keeps the n-th of the uncertain things, counted from 0, and no other. */
const only = (n: number, tears = false): Fate => {
  let i = 0
  return { keeps: () => i++ === n, tears }
}

/** One call after the other, each returning before the next begins: the n-th runs from 10n to 10n + 5. */
type Call = Step extends infer S ? (S extends Step ? Omit<S, 'at' | 'done'> : never) : never
const inOrder = (...calls: Call[]) => calls.map((call, i) => ({ ...call, at: 10 * i, done: 10 * i + 5 }) as Step)
const create = (name: string): Call => ({ do: 'create', name })
const write = (name: string, text: string, offset = 0): Call => ({
  do: 'write',
  name,
  offset,
  bytes: new TextEncoder().encode(text),
})
const sync = (name: string): Call => ({ do: 'sync', name })

const found = (steps: Step[], moment: number, fate: Fate) =>
  Object.fromEntries(
    [...filesOf(diskAt(steps, moment), fate)].map(([name, bytes]) => [name, Buffer.from(bytes).toString()]),
  )
const end = Infinity

describe('a disk after the power went', () => {
  it('has what was synced, and of the rest what chance decides', () => {
    const steps = inOrder(create('a'), sync(''), write('a', 'old'), sync('a'), write('a', 'new'))
    expect(found(steps, end, nothing)).toEqual({ a: 'old' })
    expect(found(steps, end, everything)).toEqual({ a: 'new' })
  })

  it('may have a later write and not the one before it', () => {
    const steps = inOrder(create('a'), sync(''), write('a', 'one'), write('a', 'two', 3))
    expect(found(steps, end, only(1))).toEqual({ a: '\0\0\0two' })
  })

  it('may have a write in part, by sectors', () => {
    const steps = inOrder(create('a'), sync(''), write('a', `${'x'.repeat(12)}${'y'.repeat(512)}z`, 500))
    const { a = '' } = found(steps, end, only(1, true))
    expect(a.replaceAll('\0', '')).toBe('y'.repeat(512))
    expect(a.indexOf('y')).toBe(512)
  })

  it('has nothing for certain of a sync that has not returned, or that began before the write returned', () => {
    const made = inOrder(create('a'), sync(''))
    const written: Step = { ...write('a', 'new'), at: 100, done: 120 } as Step
    const early: Step = { do: 'sync', name: 'a', at: 110, done: 130 }
    const late: Step = { do: 'sync', name: 'a', at: 125, done: 140 }
    expect(found([...made, written, early], end, nothing)).toEqual({ a: '' })
    expect(found([...made, written, late], 139, nothing)).toEqual({ a: '' })
    expect(found([...made, written, late], 140, nothing)).toEqual({ a: 'new' })
  })

  it('may have taken a call that had begun, and knows nothing of one that had not', () => {
    const steps = inOrder(create('a'), sync(''), write('a', 'new'))
    expect(found(steps, 22, everything)).toEqual({ a: 'new' })
    expect(found(steps, 19, everything)).toEqual({ a: '' })
  })

  it('forgets the name of a file whose folder was not synced, however well the file was', () => {
    const steps = inOrder(create('a'), write('a', 'x'), sync('a'))
    expect(found(steps, end, nothing)).toEqual({})
    expect(found([...steps, { do: 'sync', name: '', at: 100, done: 101 }], end, nothing)).toEqual({ a: 'x' })
  })

  it('loses a whole folder whose own name was not synced', () => {
    const steps = inOrder({ do: 'mkdir', name: 'd' }, create('d/a'), write('d/a', 'x'), sync('d/a'), sync('d'))
    expect(found(steps, end, everything)).toEqual({ 'd/a': 'x' })
    expect(found(steps, end, nothing)).toEqual({})
    expect(found([...steps, { do: 'sync', name: '', at: 100, done: 101 }], end, nothing)).toEqual({ 'd/a': 'x' })
  })

  it('may still have a file that was removed, and under the old name one that was moved', () => {
    const kept = inOrder(create('a'), write('a', 'x'), sync('a'), sync(''), { do: 'unlink', name: 'a' })
    expect(found(kept, end, nothing)).toEqual({ a: 'x' })
    expect(found(kept, end, everything)).toEqual({})
    const moved = inOrder(create('a'), write('a', 'x'), sync('a'), sync(''), { do: 'rename', name: 'a', to: 'b' })
    expect(found(moved, end, nothing)).toEqual({ a: 'x' })
    expect(found(moved, end, only(0))).toEqual({ a: 'x', b: 'x' })
    expect(found(moved, end, everything)).toEqual({ b: 'x' })
  })

  it('keeps a removed file apart from a new one of the same name', () => {
    const steps = inOrder(
      create('a'),
      write('a', 'old'),
      sync('a'),
      sync(''),
      { do: 'unlink', name: 'a' },
      create('a'),
      write('a', 'new'),
      sync('a'),
    )
    expect(found(steps, end, nothing)).toEqual({ a: 'old' })
    expect(found(steps, end, everything)).toEqual({ a: 'new' })
  })

  it('may have lost a new size, and gives zeros for what was cut off and written beyond', () => {
    const cut = inOrder(create('a'), sync(''), write('a', 'abcdef'), sync('a'), { do: 'truncate', name: 'a', size: 2 })
    expect(found(cut, end, nothing)).toEqual({ a: 'abcdef' })
    expect(found(cut, end, everything)).toEqual({ a: 'ab' })
    expect(found([...cut, { ...write('a', 'z', 4), at: 100, done: 101 } as Step], end, everything)).toEqual({
      a: 'ab\0\0z',
    })
  })

  it('refuses a record that begins in the middle', () => {
    expect(() => diskAt(inOrder(write('a', 'x')), end)).toThrow(
      'a was used before it was made: the record is not whole.',
    )
  })
})
