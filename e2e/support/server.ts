import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.join(import.meta.dirname, '..', '..')

/** A Natter of its own: the real process, a free port, an empty data folder. */
export type Natter = {
  url: string
  /** Everything it has printed so far. */
  output: () => string
  kill: (signal?: NodeJS.Signals) => Promise<void>
  /** Starts it again on the same port and data. */
  restart: () => Promise<void>
  /** Ends it and removes its data. */
  stop: () => Promise<void>
}

export async function startNatter(environment: Record<string, string> = {}): Promise<Natter> {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-e2e-'))
  let output = ''
  let child: ChildProcess
  let port = '0'

  async function start(): Promise<string> {
    child = spawn(process.execPath, ['server/main.ts'], {
      cwd: root,
      env: { ...process.env, LIMIT_JOINS: '1000', ...environment, PORT: port, DATA_DIR: dir },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new Promise((resolve, reject) => {
      const started = output.length
      const hear = (chunk: Buffer) => {
        output += chunk.toString()
        const url = /Natter is at (http:\S+)/.exec(output.slice(started))?.[1]
        if (url) resolve(url)
      }
      child.stdout?.on('data', hear)
      child.stderr?.on('data', hear)
      child.once('exit', () => reject(new Error(`Natter did not start:\n${output.slice(started)}`)))
    })
  }

  async function kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  const url = await start()
  port = new URL(url).port
  return {
    url,
    output: () => output,
    kill,
    restart: async () => void (await start()),
    async stop() {
      await kill('SIGTERM')
      await rm(dir, { recursive: true, force: true })
    },
  }
}
