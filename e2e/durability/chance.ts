/** Chance that can be repeated: the same seed, the same decisions. What the network and the processes make of them differs. */
export type Chance = {
  /** From 0 up to, and without, 1. */
  random: () => number
  between: (least: number, most: number) => number
  whole: (least: number, most: number) => number
  happens: (probability: number) => boolean
  pick: <T>(items: readonly T[]) => T
  /** Another chance that follows from this one, for what runs beside it. */
  fork: () => Chance
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0
  // Mulberry32: 32 bits of state, good enough to decide when something breaks.
  const random = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  const between = (least: number, most: number) => least + random() * (most - least)
  const whole = (least: number, most: number) => Math.floor(between(least, most + 1))
  return {
    random,
    between,
    whole,
    happens: (probability) => random() < probability,
    pick(items) {
      const item = items[whole(0, items.length - 1)]
      if (item === undefined) throw new Error('There is nothing to pick from.')
      return item
    },
    fork: () => createChance(Math.floor(random() * 2 ** 32)),
  }
}
