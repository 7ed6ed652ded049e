import { execFile } from 'node:child_process'
import type { z } from 'zod'
import { Refusal } from '../../protocol/errors.ts'

/** Milliseconds, and bytes of what it says. */
const PATIENCE = 30_000
const MOST = 2_000_000

/** Who stops a server stops what it has begun as well: a service manager all of it, Ctrl+C everything in the terminal. */
const STOPS: ReadonlySet<string | null | undefined> = new Set(['SIGTERM', 'SIGINT', 'SIGHUP'])

/**
 * Runs one of our programs on a picture, in a process of its own, which is given no environment and so much time: a picture that
 * ends it, or keeps it busy, ends and holds up nothing else. It is no prison, as it is the same user's: whoever took it over by a
 * picture could do there what the server can. So the fewer kinds of pictures it opens, the better. Resolves to what it said; null for what it could not draw in time, and where it says something else.
 * Rejects if it did not even start, and with Refusal('restarting') if it was stopped: neither says anything of the picture.
 */
export function apart<T>(
  says: z.ZodType<T>,
  program: string,
  values: readonly string[],
  input?: Uint8Array,
): Promise<T | null> {
  const options = { timeout: PATIENCE, killSignal: 'SIGKILL', maxBuffer: MOST, env: {} } as const
  return new Promise((resolve, reject) => {
    const child = execFile(process.execPath, [program, ...values], options, (error, said) => {
      if (error && 'syscall' in error) reject(error)
      else if (STOPS.has(error?.signal)) reject(new Refusal('restarting', 'Natter is stopping. Try again in a moment.'))
      else resolve(error ? null : read(says, said))
    })
    // It may have given up before it has read everything.
    child.stdin?.on('error', () => {})
    child.stdin?.end(input)
  })
}

function read<T>(says: z.ZodType<T>, said: string): T | null {
  try {
    return says.parse(JSON.parse(said))
  } catch {
    return null
  }
}
