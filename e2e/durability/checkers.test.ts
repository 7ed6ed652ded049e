import { expect, it } from 'vitest'
import { check, isFaultless, type Faults, type Stored, type Witness } from './checkers.ts'
import { createLedger } from './ledger.ts'
import { numberOf, textOf } from './numbering.ts'

const stored = (seq: number, n: number, more: Partial<Stored> = {}): Stored => ({
  number: numberOf(1, n),
  seq,
  rev: seq + 1,
  body: textOf(numberOf(1, n)),
  deleted: false,
  sentAt: 0,
  ...more,
})

/** Ann wrote three messages, was told that they were sent, and was shown what is stored. */
function ann(shown: readonly Stored[], more: Partial<Witness> = {}): Witness {
  const ledger = createLedger()
  for (const message of shown) ledger.show(message)
  return {
    author: 1,
    sent: () => 3,
    acked: new Map(
      [1, 2, 3].map((n) => [numberOf(1, n), { edition: 0, deleted: false, body: textOf(numberOf(1, n)) }]),
    ),
    refused: () => 0,
    ledger,
    screen: () => shown,
    ...more,
  }
}

const three = [stored(1, 1), stored(2, 2), stored(3, 3)]
const [one, two, last] = three as [Stored, Stored, Stored]
const faultsOf = (kept: Stored[], ...witnesses: Witness[]): Partial<Faults> =>
  Object.fromEntries(Object.entries(check(kept, witnesses).faults).filter(([, count]) => count !== 0))

it('finds no fault where everything is stored and shown once and in order', () => {
  const findings = check(three, [ann(three)])
  expect(findings).toMatchObject({ sent: 3, acked: 3, stored: 3, deliveries: 3, once: 3 })
  expect(isFaultless(findings.faults)).toBe(true)
})

it('finds what was acknowledged and is not stored', () => {
  expect(faultsOf([one, two], ann([one, two]))).toEqual({ lost: 1, neverStored: 1 })
})

it('finds an edit and a deletion that were acknowledged and are not stored', () => {
  const told = (edition: number, deleted: boolean) => ({
    acked: new Map([
      [one.number, { edition, deleted, body: textOf(one.number, edition > 0 ? `edition ${edition}` : '') }],
    ]),
  })
  expect(faultsOf(three, ann(three, told(1, false)))).toEqual({ lost: 1 })
  expect(faultsOf(three, ann(three, told(0, true)))).toEqual({ lost: 1 })
  const edited = [{ ...one, body: textOf(one.number, 'edition 2') }, two, last]
  expect(faultsOf(edited, ann(edited, told(1, false)))).toEqual({})
})

it('finds a text that was stored as another than it was written', () => {
  const cut = [{ ...one, body: one.body.slice(0, -1) }, two, last]
  expect(faultsOf(cut, ann(cut))).toEqual({ lost: 1 })
})

it('finds what is stored twice', () => {
  const twice = [...three, stored(4, 3)]
  expect(faultsOf(twice, ann(twice))).toEqual({ doubled: 1 })
})

it('finds what is stored in another order than it was written in', () => {
  const swapped = [one, stored(2, 3), stored(3, 2)]
  expect(faultsOf(swapped, ann(swapped))).toEqual({ outOfOrder: 1 })
})

it('finds a position that nothing stands at', () => {
  const gap = [one, two, stored(4, 3)]
  expect(faultsOf(gap, ann(gap, { screen: () => gap }))).toEqual({ gaps: 1 })
})

it('finds what somebody was not shown, for each of them, from where they came in', () => {
  expect(faultsOf(three, ann([one, last], { screen: () => three }), ann([last]))).toEqual({ missing: 3 })
  expect(faultsOf(three, ann([last], { since: 2 }))).toEqual({})
})

it('finds what is shown late, twice on a page that appends, or at the place of another', () => {
  expect(faultsOf(three, ann([one, last, two]))).toEqual({ outOfOrder: 1 })
  const ledger = createLedger({ appends: true })
  for (const message of [...three, two]) ledger.show(message)
  expect(faultsOf(three, ann(three, { ledger }))).toEqual({ doubled: 1 })
  expect(faultsOf(three, ann([...three, stored(2, 3)]))).toEqual({ diverged: 2 })
})

it('finds a screen that shows another state than a page that is opened now', () => {
  const old = { ...two, rev: 9, body: textOf(two.number, 'edition 1') }
  expect(faultsOf([one, old, last], ann(three))).toEqual({ diverged: 1 })
})

it('finds a screen on which something is missing, or all', () => {
  expect(faultsOf(three, ann(three, { screen: () => [one, last] }))).toEqual({ diverged: 1 })
  expect(faultsOf(three, ann(three, { screen: () => [] }))).toEqual({ diverged: 3 })
  expect(faultsOf(three, ann(three, { screen: () => [last] }))).toEqual({})
})
