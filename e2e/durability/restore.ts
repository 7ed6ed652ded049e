import { once } from 'node:events'
import { spawn } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import type { Natter } from '../support/server.ts'
import type { Chance } from './chance.ts'
import { check } from './checkers.ts'
import { gather } from './crowd.ts'
import { PATIENCE, type Report } from './ordeal.ts'
import type { Participant, Told } from './participant.ts'
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
  /** What Natter is told beyond its defaults. */
  environment: Record<string, string>
  /** Copies what is there, while people write. */
  save: (natter: Natter, copy: string) => Promise<void>
  /** Puts the copy back. The server is not running. */
  bringBack: (natter: Natter, copy: string) => Promise<void>
}

export const ways = {
  /** With `npm run backup` and `npm run restore`. */
  command: {
    environment: {},
    save: (natter, copy) => runScript('backup', natter, copy),
    bringBack: (natter, copy) => runScript('restore', natter, copy),
  },
  /** The whole folder, by hand: everything is in it. */
  hand: {
    environment: { DATABASE_URL: '' },
    save: (natter, copy) => asleep(natter, () => cp(natter.dir, copy, { recursive: true })),
    async bringBack({ dir }, copy) {
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
  const natter = await subject.start({ environment: way.environment })
  const backup = `${natter.dir}-backup`
  const crowd = await gather(subject, { natters: [natter] }, { clients, revisions: 0.15, chance, faults: [] })
  const since = performance.now()
  const talk = async () => {
    const until = performance.now() + time
    await crowd.talk(rate, () => performance.now() > until)
    const patience = performance.now() + PATIENCE
    while (crowd.participants.some((one) => one.waiting() > 0) && performance.now() < patience) await after(50)
  }

  const acked = () => crowd.participants.map((one) => new Map(one.acked))

  await talk()
  const saved = acked()
  await Promise.all([talk(), way.save(natter, backup)])
  const before = acked()
  const goneAt = performance.now()
  await asleep(natter, () => way.bringBack(natter, backup))
  const backAt = performance.now()
  const isBack = (one: Participant) => one.syncedAt() > goneAt
  while (!crowd.participants.every(isBack) && performance.now() - backAt < PATIENCE) await after(5)
  const recoveries = crowd.participants.map((one) => (isBack(one) ? Math.max(0, one.syncedAt() - backAt) : Infinity))
  await talk()
  const { stored, restless } = await crowd.rest()

  // What was said after the backup began may be given up with the restore; what came before, or later, must be there.
  const kept = new Set(stored.map(({ number }) => number))
  const witnesses = crowd.participants.map((one, i) => {
    const [inBackup, earlier] = [saved[i] ?? new Map<number, Told>(), before[i] ?? new Map<number, Told>()]
    const givenUp = [...earlier.keys()].filter((number) => !inBackup.has(number) && !kept.has(number))
    return {
      ...one,
      sent: () => one.sent() - givenUp.length,
      acked: new Map([...inBackup, ...[...one.acked].filter(([number]) => !earlier.has(number))]),
    }
  })
  const findings = check(stored, witnesses)
  await crowd.leave()
  await natter.kill('SIGTERM')
  const integrity = await subject.integrity(natter.dir)
  await natter.stop()
  await rm(backup, { recursive: true, force: true })
  return {
    seconds: (performance.now() - since) / 1_000,
    blows: [],
    recoveries,
    findings,
    dealt: {},
    integrity,
    restless,
  }
}

async function asleep(natter: Natter, task: () => Promise<void>): Promise<void> {
  await natter.kill('SIGTERM')
  await task()
  await natter.restart()
}

async function runScript(name: 'backup' | 'restore', { whereabouts }: Natter, file: string): Promise<void> {
  const script = path.join(import.meta.dirname, '..', '..', 'scripts', `${name}.ts`)
  const child = spawn(process.execPath, [script, file], { env: { ...process.env, ...whereabouts }, stdio: 'inherit' })
  const [code] = await once(child, 'exit')
  if (code !== 0) throw new Error(`npm run ${name} ended with ${code}.`)
}
