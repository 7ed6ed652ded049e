import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { alone, type Cluster } from './cluster.ts'

/** The other nodes, where there may be some. What speaks to them is loaded only there. */
export async function openCluster({ REDIS_URL }: Pick<Config, 'REDIS_URL'>, log: Log): Promise<Cluster> {
  if (REDIS_URL === undefined) return alone()
  const { createCluster } = await import('./redis.ts')
  return createCluster({ url: REDIS_URL, log })
}
