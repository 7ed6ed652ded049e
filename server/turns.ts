/**
 * Few tasks at once. The others wait in one of the queues, of which those of an earlier one go first, and each takes so many at most.
 * `take` resolves when it is one's turn, to what ends it; null where that queue is full.
 */
export function createTurns(atOnce: number, most: readonly number[]) {
  const queues: (() => void)[][] = most.map(() => [])
  let running = 0

  /** Whoever ends hands its place over. */
  function end(): void {
    const next = queues.find((queue) => queue.length > 0)?.shift()
    if (next) next()
    else running--
  }

  return {
    async take(which = 0): Promise<(() => void) | null> {
      const queue = queues[which]
      if (running < atOnce) running++
      else if (!queue || queue.length >= (most[which] ?? 0)) return null
      else await new Promise<void>((resolve) => queue.push(resolve))
      return end
    },
  }
}
