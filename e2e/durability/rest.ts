import { setTimeout as after } from 'node:timers/promises'
import type { Participant } from './participant.ts'

/**
 * Waits until nothing is on its way any more and all show what is stored then. Resolves to that, and to how many did not come
 * to rest within `patience` milliseconds.
 */
export async function comeToRest<T extends { rev: number }>(
  participants: readonly Participant[],
  read: () => Promise<T>,
  patience: number,
): Promise<{ stored: T; restless: number }> {
  const until = performance.now() + patience
  while (performance.now() < until && participants.some((one) => one.waiting() > 0)) await after(50)
  const stored = await read()
  const isResting = (one: Participant) =>
    one.waiting() === 0 && one.isSynced() && (one.rev?.() ?? stored.rev) >= stored.rev
  while (performance.now() < until && !participants.every(isResting)) await after(50)
  return { stored, restless: participants.filter((one) => !isResting(one)).length }
}
