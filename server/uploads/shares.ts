/**
 * Few tasks at once. Whoever waits is served in turn with all others who do, so that somebody's hundred come after everybody
 * else's first. `take` resolves when it is one's turn, to what ends it; null for who has `each` waiting, and where `all` do.
 */
export function createShares(atOnce: number, { each, all }: { each: number; all: number }) {
  const queues = new Map<string, (() => void)[]>()
  let [running, waiting] = [0, 0]

  /** Whoever ends hands its place over. */
  function end(): void {
    const [first] = queues
    if (!first) return void running--
    const [who, [next, ...rest]] = first
    queues.delete(who)
    if (rest.length > 0) queues.set(who, rest)
    waiting--
    next?.()
  }

  return {
    async take(who: string): Promise<(() => void) | null> {
      if (running < atOnce) {
        running++
        return end
      }
      const mine = queues.get(who) ?? []
      if (mine.length >= each || waiting >= all) return null
      waiting++
      await new Promise<void>((resolve) => queues.set(who, [...mine, resolve]))
      return end
    },
  }
}
