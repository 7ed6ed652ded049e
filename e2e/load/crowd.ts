import { createHistogram } from 'node:perf_hooks'
import { setTimeout as after } from 'node:timers/promises'
import { forget, type Guest, type Heard, type Voice } from './speech.ts'
import type { Target } from './targets.ts'

/** Many who are connected to one server, and count what they hear. */
export type Crowd = {
  voices: readonly Voice[]
  /** So many messages are on their way at any time: whoever sees their own come back says the next. */
  saturate: (options: { inFlight: number; seconds: number }) => Promise<Saturated>
  /** So many messages a second, come what may, by one after the other of `speakers`. */
  pace: (options: { rate: number; seconds: number; speakers?: number }) => Promise<Paced>
  leave: () => void
}

/** Deliveries: messages times those who got them. Busy: the share of a core that somebody used, null where it is not told. */
export type Saturated = {
  perSecond: number
  /** By second of the server's processor, which others on the machine change less. */
  perCpu: number | null
  /** How many messages came in one packet. */
  fullness: number
  server: number | null
  load: number
  missing: number
}
/** Milliseconds from the sender to each who got it. */
export type Paced = { p50: number; p99: number; max: number; server: number | null; load: number; missing: number }

/** Before anything is measured: what runs for the first time is compiled. Milliseconds. */
const WARM = 1_000
/** How long one waits for the last of them before they count as missing. Milliseconds. */
const PATIENCE = 20_000
/** Handshakes at once: fewer than a listening socket lets wait, or the kernel's repetitions would be measured. */
export const AT_ONCE = 200

/** One after the other in so many rows. */
export async function inRows<T, R>(
  items: readonly T[],
  rows: number,
  task: (item: T, i: number) => Promise<R>,
): Promise<R[]> {
  const done: R[] = []
  const left = items.entries()
  const row = async () => {
    for (const [i, item] of left) done[i] = await task(item, i)
  }
  await Promise.all(Array.from({ length: rows }, row))
  return done
}

export async function gather(
  target: Target,
  guests: readonly Guest[] = target.guests,
  answered: Heard['answered'] = () => {},
): Promise<Crowd> {
  forget()
  const members = new Map<string, number>()
  for (const { rooms } of guests) for (const room of rooms) members.set(room, (members.get(room) ?? 0) + 1)

  /** By a message's number: who said it, and when. */
  const speakers: number[] = []
  const saidAt: number[] = []
  let delivered = 0
  let packets = 0
  let owed = 0
  let timedFrom = Infinity
  let talking = false
  let leaving = false
  let trouble: string | null = null
  const times = createHistogram({ lowest: 1, highest: 120_000_000, figures: 3 })

  const voices = await inRows(guests, AT_ONCE, (guest, i) =>
    target.speech(target.url, guest, {
      said: (numbers) => hear(i, numbers),
      answered(id, ok, text) {
        if (!ok) trouble ??= text
        answered(id, ok, text)
      },
      closed(reason) {
        if (!leaving) trouble ??= `connection ${i} closed: ${reason}`
      },
    }),
  )
  const roomsOf = voices.map(({ hello }, i) => {
    const rooms = guests[i]?.rooms ?? []
    const [first = hello?.rooms.find(({ room }) => room.isDefault)?.room.id, ...others] = rooms
    return others.length > 0 ? others : [first]
  })

  function say(speaker: number): void {
    const number = speakers.push(speaker) - 1
    const rooms = roomsOf[speaker] ?? []
    const room = rooms[number % rooms.length]
    owed += (rooms.length > 1 && members.get(room ?? '')) || voices.length
    saidAt.push(performance.now())
    voices[speaker]?.say(number, rooms.length > 1 || voices[speaker].hello ? room : undefined)
  }

  function hear(listener: number, numbers: readonly number[]): void {
    if (numbers.length === 0) return
    delivered += numbers.length
    packets++
    const now = timedFrom === Infinity ? 0 : performance.now()
    for (const number of numbers) {
      if (number >= timedFrom) times.record(Math.max(1, Math.round((now - (saidAt[number] ?? now)) * 1000)))
      if (talking && speakers[number] === listener) say(listener)
    }
  }

  const check = () => {
    if (trouble !== null) throw new Error(trouble)
  }
  /** What was said has been heard, or will not be any more. Resolves to how many were not. */
  async function settle(): Promise<number> {
    const until = performance.now() + PATIENCE
    while (delivered < owed && performance.now() < until) await after(20)
    const missing = owed - delivered
    delivered = owed
    check()
    return missing
  }
  async function watch(seconds: number) {
    const [cpu, load] = [await target.cpu(), process.cpuUsage()]
    const [since, before, packetsBefore] = [performance.now(), delivered, packets]
    await after(seconds * 1000)
    check()
    const [count, took] = [delivered - before, (performance.now() - since) / 1000]
    const fullness = count / (packets - packetsBefore)
    const [{ user, system }, now] = [process.cpuUsage(load), await target.cpu()]
    const used = cpu === null || now === null ? null : now - cpu
    const busy = { server: used === null ? null : used / took, load: (user + system) / 1e6 / took }
    return { count, took, used, fullness, ...busy }
  }

  return {
    voices,
    async saturate({ inFlight, seconds }) {
      talking = true
      for (let i = 0; i < inFlight; i++) say(Math.floor((i * voices.length) / inFlight) % voices.length)
      await after(WARM)
      const { count, took, used, ...others } = await watch(seconds)
      talking = false
      return { perSecond: count / took, perCpu: used && count / used, ...others, missing: await settle() }
    },
    async pace({ rate, seconds, speakers: most = voices.length }) {
      let said = 0
      const since = performance.now()
      const timer = setInterval(() => {
        const due = ((performance.now() - since) * rate) / 1000
        while (said < due) say(Math.floor((said++ * voices.length) / most) % voices.length)
      }, 1)
      try {
        await after(WARM)
        times.reset()
        timedFrom = speakers.length
        const { server, load } = await watch(seconds)
        clearInterval(timer)
        const missing = await settle()
        const [p50, p99, max] = [times.percentile(50), times.percentile(99), times.max].map((micros) => micros / 1000)
        return { p50: p50 ?? 0, p99: p99 ?? 0, max: max ?? 0, server, load, missing }
      } finally {
        clearInterval(timer)
        timedFrom = Infinity
      }
    },
    leave() {
      leaving = true
      for (const voice of voices) voice.cut()
    },
  }
}
