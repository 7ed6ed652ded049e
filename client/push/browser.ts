import type { PushSubscription as Reached } from '../../protocol/push.ts'
import { openShelf } from '../socket/shelf.ts'

/** Whether this browser was asked for notifications: `open` where they come only while Natter is open in it. */
export type Wanted = 'push' | 'open'

const WANTED = 'natter.notifications'
/** A page without a worker waits for it for ever. Milliseconds. */
const PATIENCE = 3_000

export function wanted(): Wanted | null {
  const kept = openShelf().get(WANTED)
  if (kept !== 'push' && kept !== 'open') return null
  // The page stands still until the browser has said so.
  return 'Notification' in globalThis && Notification.permission === 'granted' ? kept : null
}

export function want(what: Wanted | null): void {
  if (what) openShelf().put(WANTED, what)
  else openShelf().drop(WANTED)
}

/** The worker that shows notifications; null where there is none, as on an address without https. */
export async function workerOf(): Promise<ServiceWorkerRegistration | null> {
  if (!('serviceWorker' in navigator)) return null
  const late = new Promise<null>((resolve) => setTimeout(resolve, PATIENCE, null))
  return Promise.race([navigator.serviceWorker.ready, late])
}

export async function reachedAt(): Promise<PushSubscription | null> {
  return (await (await workerOf())?.pushManager?.getSubscription()) ?? null
}

/** As the protocol says it. */
export function inWords(subscription: PushSubscription): Reached {
  const { endpoint = '', keys } = subscription.toJSON()
  return { endpoint, p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' }
}

/** Takes away what is read. */
export async function withdraw(roomId: string): Promise<void> {
  const notices = await (await workerOf())?.getNotifications({ tag: roomId })
  for (const notice of notices ?? []) notice.close()
}
