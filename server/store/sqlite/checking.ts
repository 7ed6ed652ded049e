import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

/** First come those who want to talk again. Milliseconds. */
const AFTER = 3_000

/**
 * Looks through a database that is too large to be looked through before the start, in a process of its own: it can be ended
 * at any moment, and what is wrong with the pages it meets ends nobody else. Returns a function that stops it.
 */
export function checkBeside(
  file: string,
  onDamage: (reason: string) => void,
  onTrouble: (error: unknown) => void,
): () => void {
  let child: ChildProcess | undefined
  const timer = setTimeout(check, AFTER).unref()

  function check(): void {
    const script = path.join(import.meta.dirname, 'check.ts')
    const started = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'ignore'] })
    child = started
    let output = ''
    started.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    started.on('error', onTrouble)
    started.on('close', (code) => {
      if (code === 2) onDamage(output.trim())
      else if (code !== 0 && code !== null) onTrouble(new Error('The database could not be looked through.'))
    })
    started.unref()
  }

  return () => {
    clearTimeout(timer)
    child?.kill('SIGKILL')
  }
}
