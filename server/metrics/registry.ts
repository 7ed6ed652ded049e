import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Facts } from '../store/store.ts'
import type { Counts } from './counting.ts'

/** From a quarter of a millisecond to the four seconds after which whoever writes is refused. */
const TIMES = [0.000_25, 0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 4]
const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000]

/** What is looked up when somebody asks. */
export type State = {
  connections: { speaks: 'natter' | 'tutorial'; transport: string }[]
  people: number
  behind: number
  unsentBytes: number
  /** Milliseconds, by the share of looks that were no later. */
  loopDelays: Record<string, number>
  counts: Counts
  uploadedBytes: number
  isStoring: boolean
  isDamaged: boolean
  hasFiles: boolean
  reachesNodes: boolean
  /** What other nodes were told, and told us, and what was lost. */
  nodePackets: Record<string, number>
  /** Null while that cannot be read. */
  facts: Facts | null
}

export type Measures = ReturnType<typeof createRegistry>

/**
 * What operators read, by the names that Prometheus recommends. This loads what takes long and much memory to load: to be
 * imported only where somebody wants to read it.
 */
export function createRegistry({ build, durability }: { build: string; durability: string }) {
  const registers = [new Registry()]
  const [registry] = registers as [Registry]
  const gauge = <L extends string = never>(name: string, help: string, ...labelNames: L[]) =>
    new Gauge({ name: `natter_${name}`, help, labelNames, registers })
  const counter = <L extends string = never>(name: string, help: string, ...labelNames: L[]) =>
    new Counter({ name: `natter_${name}_total`, help, labelNames, registers })
  const histogram = (name: string, help: string, buckets: number[]) =>
    new Histogram({ name: `natter_${name}`, help, buckets, registers })
  collectDefaultMetrics({ register: registry })

  gauge('info', 'Which build is served, and how durable an answered change is.', 'build', 'durability').set(
    { build, durability },
    1,
  )
  const connections = gauge('connections', 'Connections of pages and bots.', 'speaks', 'transport')
  const people = gauge('people_connected', 'People who have a connection.')
  const behind = gauge('connections_behind', 'Connections that read too slowly to be told anything just now.')
  const unsent = gauge('unsent_bytes', 'What waits in the server until connections take it.')
  const delays = gauge(
    'loop_delay_seconds',
    'How late the main thread was since it was read last, at most, in this share of looks.',
    'share',
  )
  const storing = gauge('storage_ok', 'Whether messages can be stored just now: 1 or 0.')
  const damaged = gauge('storage_damaged', 'Whether the database was found damaged: 1 or 0.')
  const files = gauge('files_ok', 'Whether files can be reached just now: 1 or 0.')
  const nodes = gauge('nodes_ok', 'Whether other nodes can be told of what passes just now: 1 or 0.')
  const ever = {
    people: gauge('people', 'People of the place.'),
    rooms: gauge('rooms', 'Rooms of the place, conversations included.'),
    messages: gauge('messages', 'Messages ever written, in rooms that are still there.'),
    database: gauge('database_bytes', 'Size of the database on the disk.'),
    free: gauge('disk_free_bytes', 'What is free on the disk of the database.'),
  }
  const sent = counter('messages_sent', 'New messages that were stored.')
  const deliveries = counter(
    'deliveries',
    'New states of messages, rooms and members, once for each connection that was told.',
  )
  const packets = counter('packets_written', 'Packets handed to connections, heartbeats included.')
  const requests = counter('requests', 'Requests on connections, and what became of them.', 'request', 'outcome')
  const resets = counter(
    'sync_resets',
    'Rooms of somebody who was too far behind, and began anew with the newest page.',
  )
  const uploaded = counter('uploaded_bytes', 'Bytes of files that have come in.')
  const nodePackets = counter('node_packets', 'What passes, as told to other nodes, heard of them, or lost.', 'way')
  const batchSize = histogram('commit_batch_size', 'Changes that one commit made durable.', SIZES)
  const batchTime = histogram('commit_seconds', 'From the begin of a commit until it is on the disk.', TIMES)
  const sendTime = histogram('send_seconds', 'From the arrival of a message until its sender is answered.', TIMES)
  const searchTime = histogram('search_seconds', 'From the arrival of a search until it is answered.', TIMES)

  /** Counted elsewhere, in plain numbers that only rise. */
  function setTo(counter: Counter, value: number): void {
    counter.reset()
    counter.inc(value)
  }

  function show(state: State): void {
    const { counts, facts } = state
    connections.reset()
    for (const labels of state.connections) connections.inc(labels)
    people.set(state.people)
    behind.set(state.behind)
    unsent.set(state.unsentBytes)
    for (const [share, late] of Object.entries(state.loopDelays)) delays.set({ share }, late / 1000)
    storing.set(Number(state.isStoring))
    damaged.set(Number(state.isDamaged))
    files.set(Number(state.hasFiles))
    nodes.set(Number(state.reachesNodes))
    for (const name of Object.keys(ever) as (keyof typeof ever)[]) {
      const value = facts?.[name] ?? null
      if (value === null) ever[name].remove()
      else ever[name].set(value)
    }
    setTo(sent, counts.sent)
    setTo(deliveries, counts.deliveries)
    setTo(packets, counts.packets)
    setTo(resets, counts.resets)
    setTo(uploaded, state.uploadedBytes)
    nodePackets.reset()
    for (const [way, n] of Object.entries(state.nodePackets)) nodePackets.inc({ way }, n)
    requests.reset()
    for (const [request, outcomes] of counts.requests)
      for (const [outcome, n] of outcomes) requests.inc({ request, outcome }, n)
  }

  return {
    contentType: registry.contentType,
    async text(state: State): Promise<string> {
      show(state)
      return registry.metrics()
    },
    /** Milliseconds, as everywhere in Natter; Prometheus is told seconds. */
    stored(asked: number, took: number): void {
      batchSize.observe(asked)
      batchTime.observe(took / 1000)
    },
    sent: (took: number) => sendTime.observe(took / 1000),
    searched: (took: number) => searchTime.observe(took / 1000),
  }
}
