import { createClient } from 'redis'
import { Client } from 'pg'
import { startPostgres, startRedis } from '../../server/testing/services.ts'
import { comeIn } from '../support/client.ts'
import { startNatter } from '../support/server.ts'
import { gather, inRows } from './crowd.ts'
import { createReport } from './report.ts'
import type { Experiment } from './settings.ts'
import { speeches } from './speech.ts'
import { cpuOf, natterSettings } from './targets.ts'

/** Messages on their way at any time. */
const IN_FLIGHT = 64

/**
 * One room on one node, and on two that share the people: what they deliver when they are asked for all they can, and what it costs
 * each of them and what stands beside them. Nothing is pinned: what counts is what a second of the processor does.
 */
export const nodes: Experiment = async ({ rounds, seconds, clients }) => {
  const report = createReport('nodes', [])
  for (const people of clients ?? [200, 500, 1000]) {
    for (let round = 1; round <= rounds; round++) {
      for (const count of [1, 2]) {
        const site = await start(count)
        try {
          const cookies = await inRows(Array.from({ length: people }), 8, (_, i) =>
            comeIn(site.urls[i % count]?.origin ?? '', `Load ${i}`),
          )
          let next = 0
          const crowd = await gather({
            url: site.urls[0] ?? new URL('http://localhost'),
            guests: cookies.map((cookie) => ({ cookie, rooms: [], apart: true })),
            speech: (_, guest, heard) => speeches.natter(site.urls[next++ % count] as URL, guest, heard),
            cpu: async () => (await site.cpu()).nodes / count,
            probe: () => Promise.resolve(null),
            stop: () => Promise.resolve(),
          })
          const before = await site.spent()
          const full = await crowd.saturate({ inFlight: IN_FLIGHT, seconds })
          const after = await site.spent()
          crowd.leave()
          const messages = after.messages - before.messages
          report.add({
            of: `${people.toLocaleString('en')} clients`,
            target: `${count} node${count > 1 ? 's' : ''}`,
            round,
            figures: {
              'deliveries/s': full.perSecond,
              'per CPU s of a node': full.perCpu,
              'per packet': full.fullness,
              messages,
              'commits/message': (after.commits - before.commits) / messages,
              'WAL bytes/message': (after.wal - before.wal) / messages,
              'PostgreSQL ms/message': (1000 * (after.postgres - before.postgres)) / messages,
              'hint bytes/message': (after.hints - before.hints) / messages,
              'Redis ms/message': (1000 * (after.redis - before.redis)) / messages,
              'load busy': full.load,
              missing: full.missing,
            },
          })
        } finally {
          await site.stop()
        }
      }
    }
  }
  console.log(`\n${report.table()}\n`)
  return { medians: report.medians() }
}

async function start(count: number) {
  const [postgres, redis] = await Promise.all([startPostgres({ durable: true }), startRedis()])
  const shared = { ...natterSettings, LIMIT_JOINS: '1000000', DATABASE_URL: postgres.url, REDIS_URL: redis.url }
  const natters = await Promise.all(Array.from({ length: count }, () => startNatter(shared)))
  const [database, cache] = [new Client({ connectionString: postgres.url }), createClient({ url: redis.url })]
  await Promise.all([database.connect(), cache.connect()])
  const sumOf = async (pids: readonly number[]) =>
    (await Promise.all(pids.map(cpuOf))).reduce<number>((sum, one) => sum + (one ?? 0), 0)
  const cpu = async () => ({ nodes: await sumOf(natters.map(({ pid }) => pid)) })

  return {
    urls: natters.map(({ url }) => new URL(url)),
    cpu,
    /** Since the beginning: what was stored, and what that took. Seconds, bytes. */
    async spent() {
      const { rows } = await database.query<Record<'messages' | 'commits' | 'wal', string> & { pids: number[] }>(
        `SELECT (SELECT sum(seq) FROM rooms) AS messages, (SELECT count(DISTINCT xid) FROM commits) AS commits,
           pg_current_wal_lsn() - '0/0'::pg_lsn AS wal, (SELECT array_agg(pid) FROM pg_stat_activity) AS pids`,
      )
      const [row] = rows
      const told = await cache.info()
      const field = (name: string) => Number(new RegExp(`^${name}:(.*)$`, 'm').exec(told)?.[1])
      return {
        messages: Number(row?.messages),
        commits: Number(row?.commits),
        wal: Number(row?.wal),
        postgres: await sumOf(row?.pids ?? []),
        hints: field('total_net_input_bytes'),
        redis: field('used_cpu_user') + field('used_cpu_sys'),
      }
    },
    async stop() {
      await Promise.all([database.end(), cache.close()])
      await Promise.all(natters.map((natter) => natter.stop()))
      await Promise.all([postgres.stop(), redis.stop()])
    },
  }
}
