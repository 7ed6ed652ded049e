import { useEffect, useState } from 'react'
import type { Level } from '../../protocol/rooms.ts'
import { useSocket } from '../socket/useSocket.ts'
import { inWords, reachedAt, want, wanted, workerOf, type Wanted } from './browser.ts'

/** What keeps this browser from notifying, if something does. */
export type Obstacle = 'unsupported' | 'insecure' | 'homeScreen' | 'denied' | 'noWorker'

const isApple = () => /iPhone|iPad/.test(navigator.userAgent)

function obstacle(): Obstacle | null {
  if (!window.isSecureContext) return 'insecure'
  if (!('Notification' in window)) return isApple() ? 'homeScreen' : 'unsupported'
  return Notification.permission === 'denied' ? 'denied' : null
}

/** Notifications in this browser: whether they are on, how they come, and what is in the way. */
export function usePush() {
  const { request } = useSocket()
  const [state, setState] = useState<Wanted | null>(wanted)
  const [hindered, setHindered] = useState(obstacle)
  useEffect(() => {
    const look = () => setHindered(obstacle())
    addEventListener('focus', look)
    return () => removeEventListener('focus', look)
  }, [])

  function become(next: Wanted | null): void {
    want(next)
    setState(next)
  }

  /** Resolves to why not, or null. Only in answer to a click: it may ask. */
  async function turnOn(): Promise<string | null> {
    if ((await Notification.requestPermission()) !== 'granted') {
      setHindered(obstacle())
      return null
    }
    const worker = await workerOf()
    if (!worker) {
      setHindered('noWorker')
      return null
    }
    const answer = await request('push:key', {})
    if (!answer.ok) return answer.error.message
    const at = await reach(worker, answer.data.key)
    const told = at && (await request('push:subscribe', inWords(at)))
    if (told && !told.ok && told.error.code !== 'forbidden') return told.error.message
    // Without a push service, or with one that Natter may not use, the page itself notifies as long as it is open.
    become(told?.ok ? 'push' : 'open')
    return null
  }

  async function turnOff(): Promise<void> {
    become(null)
    const at = await reachedAt()
    if (!at) return
    await request('push:unsubscribe', { endpoint: at.endpoint })
    await at.unsubscribe()
  }

  /** Sends one to this browser. Resolves to the push service's status; null if it cannot be reached, or for a page that shows it itself. */
  async function test() {
    const at = state === 'push' ? await reachedAt() : null
    if (at) return request('push:test', { endpoint: at.endpoint })
    const { noticeOf, TEST } = await import('./noticeOf.ts')
    const notice = noticeOf({
      type: 'shown',
      roomId: TEST,
      room: null,
      by: 'Natter',
      forYou: true,
      count: 1,
      text: null,
    })
    const worker = await workerOf()
    const sent =
      (await worker?.showNotification(...notice).then(
        () => true,
        () => false,
      )) ?? false
    return { ok: true as const, data: { sent, status: null } }
  }

  return { state, hindered, turnOn, turnOff, test }
}

/** Null where this browser has no push service. A subscription of another place's keys gives way. */
async function reach(worker: ServiceWorkerRegistration, key: string): Promise<PushSubscription | null> {
  const options = { userVisibleOnly: true, applicationServerKey: key }
  try {
    return await worker.pushManager.subscribe(options)
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'InvalidStateError') return null
    await (await worker.pushManager.getSubscription())?.unsubscribe()
    return worker.pushManager.subscribe(options).catch(() => null)
  }
}

/** How much of a room one wants to hear. */
export function useAlertActions(roomId: string) {
  const { request } = useSocket()
  return {
    setLevel: (level: Level) => request('push:room', { roomId, level }),
    mute: (mutedFor: number) => request('push:room', { roomId, mutedFor }),
  }
}
