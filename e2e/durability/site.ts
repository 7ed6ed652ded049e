import { spawnSync } from 'node:child_process'
import path from 'node:path'
import { findPostgres } from '../../scripts/services.mjs'
import { startPostgres, startRedis, type Service } from '../../server/testing/services.ts'
import type { Natter } from '../support/server.ts'
import type { StartOptions, Subject } from './subject.ts'

/** Everything that has to run so that people can talk: one server by itself, or several nodes and what they share. */
export type Site = {
  natters: readonly Natter[]
  /** What the nodes share; a server by itself has nothing beside it. */
  beside: { postgres: Service; redis: Service } | null
  /** What the database's own check says of it in the end, when nobody uses it any more: "ok", or what is wrong. */
  integrity: () => Promise<string>
  stop: () => Promise<void>
}

export async function startSite(subject: Subject, nodes: number, options: StartOptions): Promise<Site> {
  return nodes > 1 ? startNodes(subject, nodes, options) : startOne(subject, options)
}

async function startOne(subject: Subject, options: StartOptions): Promise<Site> {
  const natter = await subject.start(options)
  return {
    natters: [natter],
    beside: null,
    async integrity() {
      await natter.kill('SIGTERM')
      return subject.integrity(natter.dir)
    },
    stop: natter.stop,
  }
}

async function startNodes(subject: Subject, nodes: number, { environment, ...options }: StartOptions): Promise<Site> {
  const [postgres, redis] = await Promise.all([startPostgres({ durable: true }), startRedis()])
  const shared = { ...environment, DATABASE_URL: postgres.url, REDIS_URL: redis.url }
  const start = () => subject.start({ ...options, environment: shared })
  const natters = await Promise.all(Array.from({ length: nodes }, start))
  return {
    natters,
    beside: { postgres, redis },
    integrity: async () => examine(postgres.url),
    async stop() {
      await Promise.all(natters.map((natter) => natter.stop()))
      await Promise.all([postgres.stop(), redis.stop()])
    },
  }
}

/** Every table and every index is read through. */
function examine(url: string): string {
  const program = path.join(findPostgres() ?? '', 'pg_amcheck')
  const { status, stdout, stderr } = spawnSync(program, ['--install-missing', '--heapallindexed', url], {
    encoding: 'utf8',
  })
  return status === 0 ? 'ok' : `${stdout}${stderr}`.trim()
}
