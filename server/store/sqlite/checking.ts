import { spawn } from 'node:child_process'

/**
 * Looks through a database that is too large to be looked through before the start, in a process of its own: it can be ended
 * at any moment, and what is wrong with the pages it meets ends nobody else.
 */
export function checkBeside(file: string, onDamage: (reason: string) => void, onTrouble: (error: unknown) => void) {
  const script = `${import.meta.dirname}/check.ts`
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  child.on('error', onTrouble)
  child.on('close', (code) => {
    if (code === 2) onDamage(output.trim())
    else if (code !== 0 && code !== null) onTrouble(new Error('The database could not be looked through.'))
  })
  child.unref()
  return { stop: () => void child.kill() }
}
