import { NOT_OURS } from './keys.ts'
import { authorOf } from './numbering.ts'
import type { Ledger, Noted } from './ledger.ts'
import type { Told } from './participant.ts'

/** A message as it is stored: what a page that is opened now shows. */
export type Stored = Noted & { body: string; deleted: boolean; sentAt: number }

/** What one participant did, was told and was shown. */
export type Witness = {
  author: number
  sent: () => number
  acked: ReadonlyMap<number, Told>
  refused: () => number
  ledger: Ledger
  /** Where they came in: everything after this position must have been shown. */
  since?: number
  /** What stands on their screen, where that can be read. */
  screen?: () => readonly Omit<Stored, 'number' | 'sentAt'>[]
}

export type Findings = {
  sent: number
  acked: number
  stored: number
  /** Messages shown, once for each participant, and later states of them. */
  deliveries: number
  changes: number
  /** Of the deliveries: of a message that was shown to this participant once, at its place. */
  once: number
  faults: Faults
  /** Who was not shown what, in words, for whoever has to find out why. */
  details: string[]
}

/** Each of these should be 0. */
export type Faults = {
  /** Acknowledged, and not stored as it was written; an edit or a deletion too. */
  lost: number
  /** Sent, and not stored when all has come to rest. */
  neverStored: number
  /** Stored twice, or shown twice on one screen. */
  doubled: number
  /** Of one author, stored or shown after a later one. */
  outOfOrder: number
  /** Stored, and not shown to somebody who was there all the time: once for each of them. */
  missing: number
  /** Positions that nothing stands at: max(seq) - count(*). */
  gaps: number
  /** On a screen at the end, or missing there, and not what a page that is opened now shows; or once shown, and another since. */
  diverged: number
  /** Sent, and refused for good. */
  refused: number
}

/** Compares what all were told and shown with what is stored, once everything has come to rest. */
export function check(stored: readonly Stored[], witnesses: readonly Witness[]): Findings {
  const byNumber = Map.groupBy(
    stored.filter(({ number }) => number !== NOT_OURS),
    ({ number }) => number,
  )
  const sum = (count: (witness: Witness) => number) => witnesses.reduce((total, one) => total + count(one), 0)
  const deliveries = sum(({ ledger }) => ledger.shown())
  const missing = sum((witness) => stored.filter((message) => isMissing(message, witness)).length)
  const again = sum(({ ledger }) => ledger.wrong.again)
  return {
    sent: sum(({ sent }) => sent()),
    acked: sum(({ acked }) => acked.size),
    stored: stored.length,
    deliveries,
    changes: sum(({ ledger }) => ledger.changed()),
    once: deliveries - sum((witness) => doublesShown(stored, witness)),
    faults: {
      lost: sum(({ acked }) => [...acked].filter(([number, told]) => isLost(byNumber.get(number)?.[0], told)).length),
      neverStored: sum(
        ({ author, sent }) => sent() - [...byNumber.keys()].filter((number) => authorOf(number) === author).length,
      ),
      doubled: [...byNumber.values()].reduce((total, { length }) => total + length - 1, 0) + again,
      outOfOrder: disorder(stored) + sum(({ ledger }) => ledger.wrong.outOfOrder),
      missing,
      gaps: (stored.at(-1)?.seq ?? 0) - (stored[0]?.seq ?? 1) + 1 - stored.length,
      diverged: sum(({ ledger }) => ledger.wrong.rewritten) + sum((witness) => divergence(stored, witness)),
      refused: sum(({ refused }) => refused()),
    },
    details: witnesses.flatMap((witness) => gapsOf(stored, witness)),
  }
}

function gapsOf(stored: readonly Stored[], witness: Witness): string[] {
  const missing = stored.filter((message) => isMissing(message, witness)).map(({ seq }) => seq)
  const starts = missing.filter((seq, i) => missing[i - 1] !== seq - 1)
  const ends = missing.filter((seq, i) => missing[i + 1] !== seq + 1)
  return starts.map((start, i) => `author ${witness.author} was not shown ${start} to ${ends[i]}`)
}

export const isFaultless = (faults: Faults): boolean => Object.values(faults).every((count) => count === 0)

const isMissing = ({ seq, number }: Stored, { ledger, since = 0 }: Witness): boolean =>
  seq > since && ledger.at(seq) !== number

function isLost(found: Stored | undefined, { edition, deleted, body }: Told): boolean {
  if (!found) return true
  if (found.deleted) return false
  // A later edition may be stored without having been acknowledged.
  const stored = Number(/edition (\d+)$/.exec(found.body)?.[1] ?? 0)
  return deleted || stored < edition || (stored === edition && found.body !== body)
}

/** How many stored messages stand behind a later one of the same author. */
function disorder(stored: readonly Stored[]): number {
  const newest = new Map<number, number>()
  return stored.filter(({ number }) => {
    if (number === NOT_OURS) return false
    const before = newest.get(authorOf(number)) ?? 0
    newest.set(authorOf(number), Math.max(before, number))
    return number < before
  }).length
}

/** Shown more than once: the same message at two places. */
function doublesShown(stored: readonly Stored[], { ledger }: Witness): number {
  const shown = stored.map(({ seq }) => ledger.at(seq)).filter((number) => number !== undefined && number !== NOT_OURS)
  return shown.length - new Set(shown).size
}

function divergence(stored: readonly Stored[], { screen }: Witness): number {
  if (!screen) return 0
  const shown = new Map(screen().map((message) => [message.seq, message]))
  const first = Math.min(...shown.keys())
  const bySeq = new Map(stored.filter(({ seq }) => seq >= first || shown.size === 0).map((one) => [one.seq, one]))
  return [...new Set([...shown.keys(), ...bySeq.keys()])].filter((seq) => {
    const [one, other] = [shown.get(seq), bySeq.get(seq)]
    return !one || !other || one.rev !== other.rev || one.body !== other.body || one.deleted !== other.deleted
  }).length
}
