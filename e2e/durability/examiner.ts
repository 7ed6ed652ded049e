import { spawn } from 'node:child_process'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import type { Examined } from './power/judge.ts'

const checkout = path.join(import.meta.dirname, '..', '..')

/** The real store, in a process of its own, to which one data folder after the other is shown. `root`: of another Natter. */
export function startExaminer(root = checkout) {
  const child = spawn(process.execPath, ['server/store/sqlite/testing/openFolders.ts'], {
    cwd: root,
    // The store starts a thread for each folder; compiled once, a third of the time.
    env: { ...process.env, NODE_COMPILE_CACHE: path.join(tmpdir(), 'natter-compiled') },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const reports = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  return {
    /** Opens it as Natter does, and writes one message into it. */
    async examine(folder: string): Promise<Examined> {
      child.stdin.write(`${folder}\n`)
      const { value, done } = await reports.next()
      if (done) throw new Error('The store ended while it opened a folder.')
      return JSON.parse(value) as Examined
    },
    close: () => child.stdin.end(),
  }
}
