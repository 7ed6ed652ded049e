import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connectAs } from '../support/client.ts'
import { natterCommand, run } from '../support/run.ts'
import { median } from './report.ts'
import { fill, spread, timed } from './search.ts'
import type { Experiment } from './settings.ts'

/** Pages of history in each round, each from another place. */
const PAGES = 500

/** Natter with many messages: from the start of the process until it listens, until somebody is in, and pages of history anywhere. */
export const start: Experiment = async ({ rounds, rest: [messages = '1000000'] }) => {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-start-'))
  try {
    const { session } = await fill(dir, Number(messages))
    const [readies, firsts, pages]: [number[], number[], number[]] = [[], [], []]
    for (let round = 1; round <= rounds; round++) {
      const since = performance.now()
      const limits = { LIMIT_REQUESTS: '1000000', LOG_LEVEL: 'error' }
      const server = run(natterCommand, { PORT: '0', DATA_DIR: dir, ...limits })
      const url = await server.says(/Natter is at (http:\S+)/)
      const ready = performance.now() - since
      const somebody = await connectAs(url, `natter=${session}`)
      const { roomId, hello } = somebody
      const rooms = hello.rooms.filter(({ head }) => head.seq > 0)
      const first: number[] = []
      await timed(() => somebody.ask('message:list', { roomId }), first)
      for (let i = 0; i < PAGES; i++) {
        const { room, head } = rooms[i % rooms.length] ?? {}
        if (!room || !head) continue
        // Scattered, and the same in each round.
        const around = 1 + ((i * 7919) % head.seq)
        await timed(() => somebody.ask('message:list', { roomId: room.id, around }), pages)
      }
      somebody.close()
      await server.kill('SIGTERM')
      readies.push(ready)
      firsts.push(...first)
      console.log(JSON.stringify({ experiment: 'start', round, ready, first: first[0] }))
    }
    const [ready, first, page] = [Math.round(median(readies)), Math.round(median(firsts) * 10) / 10, spread(pages)]
    console.log(
      `${Number(messages).toLocaleString('en')} messages: ready after ${ready} ms, the middle of ${rounds}; the newest page ${first} ms after somebody is in.
${page.n} pages of history: p50 ${page.p50} ms, p95 ${page.p95} ms, p99 ${page.p99} ms.`,
    )
    return { messages: Number(messages), ready, first, page }
  } finally {
    await rm(dir, { recursive: true, force: true })
  }
}
