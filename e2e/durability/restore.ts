import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Natter } from '../support/server.ts'
import type { Chance } from './chance.ts'
import { check } from './checkers.ts'
import { gather } from './crowd.ts'
import type { Report } from './ordeal.ts'
import type { Subject } from './subject.ts'

export type RestoreOptions = {
  subject: Subject
  clients: number
  rate: number
  chance: Chance
  /** How long they talk before the backup, after it, and after it was put back. Milliseconds. */
  time: number
  way: Way
}

type Way = {
  /** Copies what is there. */
  save: (natter: Natter, copy: string) => Promise<void>
  /** Puts the copy back. The server is not running. */
  bringBack: (dir: string, copy: string) => Promise<void>
}

export const ways = {
  /** With `npm run backup`, while people write, and `npm run restore`. */
  command: {
    save: ({ dir }, copy) => runScript('backup', dir, copy),
    bringBack: (dir, copy) => runScript('restore', dir, copy),
  },
  /** The whole folder, by hand. */
  hand: {
    save: (natter, copy) => asleep(natter, () => cp(natter.dir, copy, { recursive: true })),
    async bringBack(dir, copy) {
      await rm(dir, { recursive: true })
      await cp(copy, dir, { recursive: true })
    },
  },
} satisfies Record<string, Way>

/**
 * A backup is put back while all pages stay open: what was said after it is gone for everybody, as it must be, and nobody
 * misses anything that comes later.
 */
export async function restore({ subject, clients, rate, chance, time, way }: RestoreOptions): Promise<Report> {
  const natter = await subject.start()
  const backup = `${natter.dir}-backup`
  const crowd = await gather(subject, natter, { clients, revisions: 0.15, chance, faults: [] })
  const since = performance.now()
  const talk = async () => {
    const until = performance.now() + time
    await crowd.talk(rate, () => performance.now() > until)
    while (crowd.participants.some((one) => one.waiting() > 0)) await after(50)
  }

  await talk()
  await way.save(natter, backup)
  await talk()
  const before = crowd.participants.map((one) => ({ sent: one.sent(), acked: new Map(one.acked) }))
  await asleep(natter, () => way.bringBack(natter.dir, backup))
  const backAt = performance.now()
  while (!crowd.participants.every((one) => one.syncedAt() > backAt)) await after(5)
  const recoveries = crowd.participants.map((one) => one.syncedAt() - backAt)
  await talk()
  const { stored, restless } = await crowd.rest()

  // What was said after the backup was given up with the restore; only what came later must be there.
  const kept = new Set(stored.map(({ number }) => number))
  const witnesses = crowd.participants.map((one, i) => {
    const earlier = before[i]?.acked ?? new Map<number, unknown>()
    const givenUp = new Set([...earlier.keys()].filter((number) => !kept.has(number)))
    return {
      ...one,
      sent: () => one.sent() - givenUp.size,
      acked: new Map([...one.acked].filter(([number]) => !earlier.has(number))),
    }
  })
  const findings = check(stored, witnesses)
  await crowd.leave()
  await natter.stop()
  await rm(backup, { recursive: true, force: true })
  return { seconds: (performance.now() - since) / 1_000, blows: [], recoveries, findings, restless }
}

async function asleep(natter: Natter, task: () => Promise<void>): Promise<void> {
  await natter.kill('SIGTERM')
  await task()
  await natter.restart()
}

async function runScript(name: 'backup' | 'restore', dir: string, file: string): Promise<void> {
  const script = path.join(import.meta.dirname, '..', '..', 'scripts', `${name}.ts`)
  const child = spawn(process.execPath, [script, file], { env: { ...process.env, DATA_DIR: dir }, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`npm run ${name} ended with ${code}.`)
}
