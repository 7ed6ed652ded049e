import { setTimeout as after } from 'node:timers/promises'
import { AT_ONCE, gather, inRows } from './crowd.ts'
import { createReport } from './report.ts'
import type { Experiment } from './settings.ts'
import type { Guest, Voice } from './speech.ts'
import { startOf, type Target } from './targets.ts'

/** Said while all but one are away. */
const MISSED = 50
/** Coming in has been told to all by then; the short absence does not end within the grace. Milliseconds. */
const QUIET = 3_000

/** Comes in again and asks for what it missed, as a page does: room by room, up to the head. Resolves to how many messages that was. */
async function comeBack(target: Target, guest: Guest): Promise<{ voice: Voice; messages: number }> {
  const answers = new Map<number, (text: string) => void>()
  let lost: (error: Error) => void = () => {}
  const ended = new Promise<never>((_, reject) => (lost = reject))
  // Whoever waits hears of it; later nobody does.
  ended.catch(() => {})
  const voice = await target.speech(target.url, guest, {
    said: () => {},
    answered: (id, ok, text) => (ok ? answers.get(id)?.(text) : lost(new Error(text))),
    closed: (reason) => lost(new Error(reason)),
  })
  let messages = 0
  const heads = new Map(guest.memory?.rooms.map(({ room, head }) => [room.id, head.rev]))
  for (const [id, { room, head }] of (voice.hello?.rooms ?? []).entries()) {
    const since = heads.get(room.id) ?? 0
    if (since >= head.rev) continue
    const answer = new Promise<string>((resolve) => answers.set(id, resolve))
    voice.ask(id, 'room:sync', { roomId: room.id, since })
    messages += (await Promise.race([answer, ended])).split('"message:changed"').length - 1
  }
  return { voice, messages }
}

/**
 * All lose their connection at once and come back at once, as after a restart of a proxy: how long until the last of them is in
 * again and, with Natter, has the messages that it missed. The tutorial's people only come back.
 */
export const storm: Experiment = async ({ rounds, clients, targets }) => {
  const report = createReport('storm', ['seconds', 'CPU s'])
  for (const people of clients ?? [1000, 5000]) {
    for (let round = 1; round <= rounds; round++) {
      for (const name of targets ?? ['tutorial', 'natter', 'ws']) {
        const target = await startOf(name)({ people: people + 1 })
        try {
          const [stays, ...others] = target.guests
          if (!stays) throw new Error('Somebody stays.')
          const one = await gather(target, [stays])
          const before = await gather(target, others)
          await after(QUIET)
          for (const [i, { hello }] of before.voices.entries()) {
            const guest = others[i]
            if (guest && hello) guest.memory = hello
          }
          before.leave()
          await after(QUIET)
          // Before it measures, it warms up for a second, and that is all that is wanted of it here.
          await one.pace({ rate: MISSED, seconds: 0 })

          const [cpu, since] = [await target.cpu(), performance.now()]
          const back = await inRows(others, AT_ONCE, (guest) => comeBack(target, guest))
          const seconds = (performance.now() - since) / 1000
          const now = await target.cpu()
          for (const { voice } of back) voice.cut()
          one.leave()
          report.add({
            of: `${people.toLocaleString('en')} clients`,
            target: name,
            round,
            figures: {
              seconds,
              'CPU s': cpu === null || now === null ? null : now - cpu,
              'messages each': back.reduce((sum, { messages }) => sum + messages, 0) / people,
            },
          })
        } finally {
          await target.stop()
        }
      }
    }
  }
  console.log(`\n${report.table()}\n`)
  return { medians: report.medians() }
}
