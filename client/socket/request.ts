import type { Answer, Input, Output, RequestName } from '../../protocol/index.ts'

/** Answered always: without a connection, or after 10 s, with a passing refusal. */
export type Ask = <K extends RequestName>(name: K, input: Input<K>) => Promise<Answer<Output<K>>>

/** Between two attempts at what could not be done for a passing reason. Milliseconds. */
export const PAUSE = 1_000

export const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Runs one task of a name at a time; asked for meanwhile, it is the one that runs already. */
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

/** Runs one task of a name at a time; asked for meanwhile, it runs once more, for what came too late for it. */
export function createWorker(): (name: string, task: () => Promise<void>) => void {
  const again = new Map<string, boolean>()

  async function run(name: string, task: () => Promise<void>): Promise<void> {
    try {
      do {
        again.set(name, false)
        await task()
      } while (again.get(name))
    } finally {
      again.delete(name)
    }
  }

  return (name, task) => {
    if (again.has(name)) again.set(name, true)
    else void run(name, task)
  }
}
