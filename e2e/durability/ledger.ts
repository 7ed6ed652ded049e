/** A message as far as it matters here: what, where, and which state of it. */
export type Noted = { number: number; seq: number; rev: number }

/** Notes everything that one participant has been shown, in the order in which it was shown. */
export type Ledger = {
  /** `above`: they scrolled up to it; everything else comes at the end. */
  show: (message: Noted, where?: 'end' | 'above') => void
  /** Whether this position has been shown. */
  has: (seq: number) => boolean
  /** Which message stands at a position. */
  at: (seq: number) => number | undefined
  /** The last position that has been shown, or the one they started after. */
  end: () => number
  /** How many messages and how many newer states of them were shown. */
  shown: () => number
  changed: () => number
  /** What should never be: the same again, something before what was there already, another message at its place. */
  wrong: { again: number; outOfOrder: number; rewritten: number }
  /** Another history, after a restore: whatever was shown of the former belongs to none. */
  startOver: (since: number) => void
}

/** `appends`: a page that puts whatever arrives below the rest, so that the same message again is a double. */
export function createLedger({ since = 0, appends = false } = {}): Ledger {
  // By position, so many for so many participants that objects would be too large.
  let numbers: number[] = []
  let revs: number[] = []
  let end = since
  let shown = 0
  let changed = 0
  const wrong = { again: 0, outOfOrder: 0, rewritten: 0 }

  return {
    wrong,
    show({ number, seq, rev }, where = 'end') {
      const before = numbers[seq]
      if (before === undefined) {
        shown++
        if (where === 'end' && seq < end) wrong.outOfOrder++
        numbers[seq] = number
        revs[seq] = rev
        end = Math.max(end, seq)
      } else if (before !== number) wrong.rewritten++
      else if (appends) wrong.again++
      else if (rev > (revs[seq] ?? 0)) {
        changed++
        revs[seq] = rev
      } else if (rev < (revs[seq] ?? 0) && where === 'end') wrong.outOfOrder++
    },
    has: (seq) => numbers[seq] !== undefined,
    at: (seq) => numbers[seq],
    end: () => end,
    shown: () => shown,
    changed: () => changed,
    startOver(start) {
      numbers = []
      revs = []
      end = start
    },
  }
}
