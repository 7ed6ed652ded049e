/** Connections that hear the same, and all of what that is, in order. */
export type Hearing<T> = { socketIds: string[]; told: T[] }

/** Whatever tells many of several things: one packet for each connection, and of those who hear the same, the same. */
export function hearingsOf<T>(all: Iterable<readonly [told: T, socketIds: Iterable<string>]>): Hearing<T>[] {
  const things: T[] = []
  const heard = new Map<string, string>()
  for (const [told, socketIds] of all) {
    const number = things.push(told) - 1
    for (const socketId of socketIds) {
      const before = heard.get(socketId)
      heard.set(socketId, before === undefined ? `${number}` : `${before} ${number}`)
    }
  }
  return [...Map.groupBy(heard, ([, numbers]) => numbers)].map(([numbers, same]) => ({
    socketIds: same.map(([socketId]) => socketId),
    told: numbers.split(' ').flatMap((number) => things[Number(number)] ?? []),
  }))
}
