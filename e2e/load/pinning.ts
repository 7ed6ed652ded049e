import { spawnSync } from 'node:child_process'
import type { Command } from '../support/run.ts'

/** The server has a core of its own and the load another one, where that can be had. */
const [SERVER, LOAD] = ['0', '1']

const runs = (core: string) => spawnSync('taskset', ['-c', core, 'true']).status === 0
export const isPinned = runs(SERVER) && runs(LOAD)

export const pinned = (command: Command): Command => (isPinned ? ['taskset', '-c', SERVER, ...command] : command)

/** This process, with all its threads. What it starts inherits it, unless that is pinned itself. */
export function pinLoad(): void {
  if (isPinned) spawnSync('taskset', ['-acp', LOAD, String(process.pid)])
}
