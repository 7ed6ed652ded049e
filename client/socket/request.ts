import type { Answer, Input, Output, RequestName } from '../../protocol/index.ts'

/** Answered always: without a connection, or after 10 s, with a passing refusal. */
export type Ask = <K extends RequestName>(name: K, input: Input<K>) => Promise<Answer<Output<K>>>

/** Between two attempts at what could not be done for a passing reason. Milliseconds. */
export const PAUSE = 1_000

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Runs one task of a name at a time; a second one meanwhile is the first. */
export function createOnce(): (name: string, task: () => Promise<void>) => Promise<void> {
  const running = new Map<string, Promise<void>>()
  return (name, task) => {
    const known = running.get(name)
    if (known) return known
    const promise = task().finally(() => running.delete(name))
    running.set(name, promise)
    return promise
  }
}
