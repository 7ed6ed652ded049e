import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { stripVTControlCharacters } from 'node:util'

const checkout = path.join(import.meta.dirname, '..', '..')

export type Command = [program: string, ...args: string[]]

/** As `npm start` does, without npm between it and its signals. */
export const natterCommand = [process.execPath, '--max-semi-space-size=8', 'server/start.mjs'] satisfies Command

/** A process and all that it has started. */
export type Running = {
  pid: number
  /** Everything printed so far, without colours. */
  output: () => string
  /** Waits until the pattern has been printed and resolves to its first group. Rejects when the process ends before. */
  says: (pattern: RegExp) => Promise<string>
  /** Resolves when the last of them has ended, to the exit code, or to null if a signal ended it. */
  ended: Promise<number | null>
  /** Sends it to all of them. */
  signal: (signal: NodeJS.Signals) => void
  /** Ends all of them and waits for it. */
  kill: (signal: NodeJS.Signals) => Promise<number | null>
}

/** npm does not pass signals on. A group of its own is ended as a whole, as Ctrl-C in a terminal does. */
export function run([program, ...args]: Command, environment: Record<string, string> = {}, cwd = checkout): Running {
  const child = spawn(program, args, {
    cwd,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  })
  const { pid = 0 } = child
  let output = ''
  let over = false
  const listeners = new Set<() => void>()
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => {
      output += stripVTControlCharacters(chunk)
      for (const listener of listeners) listener()
    })
  }
  const signal = (name: NodeJS.Signals) => {
    if (over) return
    try {
      process.kill(-pid, name)
    } catch {
      // Nobody is left.
    }
  }
  // Whatever happens to the test, nothing is left running.
  const clear = () => signal('SIGKILL')
  process.once('exit', clear)
  // Not "exit": the output is closed when the last that writes to it has ended.
  const ended = once(child, 'close').then(([code]) => {
    over = true
    process.off('exit', clear)
    return code as number | null
  })
  return {
    pid,
    output: () => output,
    says: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output)?.[1]
          if (found !== undefined) resolve(found)
        }
        listeners.add(look)
        look()
        ended.then(() => reject(new Error(`${program} ended before it said ${pattern}:\n${output}`)), reject)
      }),
    ended,
    signal,
    kill(name) {
      signal(name)
      return ended
    },
  }
}
