import { z } from 'zod'
import { events } from '../../protocol/index.ts'
import type { Cluster } from '../cluster/cluster.ts'
import { personOf, roomOf, type NatterServer, type Place } from './context.ts'

const Passing = z.object({ roomId: z.string(), notTo: z.array(z.string()), event: z.string(), payload: z.unknown() })

/** Tells the members of a room what passes, on all nodes. It is never stored, and lost where a connection or a node cannot take it. */
export function createPassing(io: NatterServer, cluster: Cluster): Place['pass'] {
  const pass: Place['pass'] = (roomId, notTo, event, ...payload) =>
    void io.volatile
      .to(roomOf(roomId))
      .except(notTo.map(personOf))
      .emit(event, ...payload)

  cluster.hear('passing', (told) => {
    const { roomId, notTo, event, payload } = Passing.parse(JSON.parse(told))
    // A node of another version may tell of what is not known here.
    if (!Object.hasOwn(events, event)) return
    // TypeScript sees a union of names and a union of payloads, not that each belongs to the other.
    const name = event as 'typing:changed'
    pass(roomId, notTo, name, events[name].payload.parse(payload))
  })
  return (roomId, notTo, event, ...payload) => {
    pass(roomId, notTo, event, ...payload)
    cluster.tell('passing', JSON.stringify({ roomId, notTo, event, payload: payload[0] }))
  }
}
