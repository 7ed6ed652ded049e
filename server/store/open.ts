import { mkdirSync } from 'node:fs'
import type { Cluster } from '../cluster/cluster.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Store } from './store.ts'

type Parts = {
  config: Pick<Config, 'DATABASE_URL'>
  /** The data folder. */
  dir: string
  log: Log
  cluster: Cluster
}

/** Where that is, in words. */
export function whereOf({ DATABASE_URL: url }: Pick<Config, 'DATABASE_URL'>, dir: string): string {
  if (url === undefined) return dir
  const { pathname, host } = new URL(url)
  return `the database ${decodeURIComponent(pathname.slice(1))}${host && ` at ${host}`}`
}

/** What Natter remembers, where the configuration says: in the data folder, or in a PostgreSQL database. Only that one is loaded. */
export async function openStore({ config: { DATABASE_URL: url }, dir, log, cluster }: Parts): Promise<Store> {
  const hearers = {
    onTrouble: (error: unknown) => log.error('storage trouble', { error: String(error) }),
    tell: (sentence: string, facts: Record<string, unknown>) => log.warn(sentence, facts),
  }
  if (url === undefined) {
    const { openSqlite } = await import('./sqlite/index.ts')
    return openSqlite({ dir, ...hearers })
  }
  // For files on their way, and those that are kept here.
  mkdirSync(dir, { recursive: true, mode: 0o700 })
  const { openPostgres } = await import('./postgres/index.ts')
  return openPostgres({ url, hints: cluster, ...hearers })
}
