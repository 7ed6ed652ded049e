import type { RequestName } from '../../protocol/index.ts'
import { roomOf, type Context, type Place } from '../socket/context.ts'
import type { Commit } from '../store/store.ts'
import { countRequest, nothingYet, type Outcome } from './counting.ts'
import { watchLoop } from './loop.ts'
import type { State } from './registry.ts'

export type Metrics = Awaited<ReturnType<typeof openMetrics>>

/** Counts from now on. Nothing is counted, and nothing loaded, where nobody reads it. */
export async function openMetrics(place: Place) {
  const { io, store, build, uploads, tcp, log, cluster } = place
  const { createRegistry } = await import('./registry.ts')
  const registry = createRegistry({ build, durability: store.durability })
  const counts = nothingYet()
  const loop = watchLoop()
  const connected = new Set<Context>()
  store.onBatch(({ asked, sent, took }) => {
    counts.sent += sent
    registry.stored(asked, took)
  })

  async function look(): Promise<State> {
    const facts = await store.facts().catch((error: unknown) => {
      log.warn('not all can be measured', { error: String(error) })
      return null
    })
    const { trouble, damage } = store.condition()
    const readers = [...connected].map(({ reader }) => reader)
    const sum = (numbers: Iterable<number>) => [...numbers].reduce((all, one) => all + one, 0)
    const packets = counts.packets + sum(readers.map(({ packets }) => packets()))
    const waiting = sum(readers.map(({ waiting }) => waiting())) + sum([...tcp].map((one) => one.writableLength))
    return {
      connections: [...connected].map(({ socket }) => ({
        speaks: socket.data.tutorial ? 'tutorial' : 'natter',
        transport: socket.conn.transport.name,
      })),
      people: new Set([...connected].map(({ me }) => me.id)).size,
      behind: readers.filter(({ isBehind }) => isBehind()).length,
      unsentBytes: waiting,
      loopDelays: loop.read(),
      counts: { ...counts, packets },
      uploadedBytes: uploads.came(),
      isStoring: trouble === null,
      isDamaged: damage !== null,
      hasFiles: uploads.bytes.trouble() === null,
      reachesNodes: cluster.trouble() === null,
      nodePackets: cluster.counts(),
      facts,
    }
  }

  return {
    contentType: registry.contentType,
    close: loop.close,
    text: async () => registry.text(await look()),
    connected: (context: Context) => void connected.add(context),
    disconnected(context: Context): void {
      if (connected.delete(context)) counts.packets += context.reader.packets()
    },
    committed({ rooms }: Commit): void {
      for (const { roomId, changes } of rooms)
        counts.deliveries += changes.length * (io.sockets.adapter.rooms.get(roomOf(roomId))?.size ?? 0)
    },
    /** `took`: milliseconds since it arrived. */
    answered(name: RequestName | 'unknown', outcome: Outcome, took: number, data?: unknown): void {
      countRequest(counts, name, outcome)
      if (outcome !== 'ok') return
      if (name === 'message:send') registry.sent(took)
      if (name === 'search:messages') registry.searched(took)
      if (name === 'room:sync' && isReset(data)) counts.resets++
    },
  }
}

const isReset = (data: unknown): boolean =>
  typeof data === 'object' && data !== null && 'reset' in data && data.reset !== null
