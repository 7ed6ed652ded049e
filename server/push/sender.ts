import { setTimeout as pause } from 'node:timers/promises'
import type { Push, PushSubscription } from '../../protocol/push.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { Store } from '../store/store.ts'
import { createTurns } from '../turns.ts'
import { isPushService } from './services.ts'

/** Sent at the same time, and waiting at most: what is more is dropped, and Natter shows it when it is opened. */
const AT_ONCE = 16
const WAITING = 10_000
/** A push service that says nothing; where somebody waits for it, less. Milliseconds. */
const PATIENCE = 10_000
const WATCHED = 5_000
/** Before each further attempt. Milliseconds. */
const AGAIN = [1_000, 10_000]
/** A device that is off gets it when it comes back within this time. Seconds. */
const KEPT = 24 * 60 * 60

/** What a push service says of a browser that is there no more. */
const GONE = [404, 410]

export type Sender = {
  /** Sooner or later: a push service that is busy is asked again, a browser that is gone forgotten. Never rejects. */
  send: (browser: PushSubscription, push: Push) => Promise<void>
  /** Once and now. Resolves to the push service's status, or null where it cannot be reached. */
  attempt: (browser: PushSubscription, push: Push) => Promise<number | null>
  key: () => Promise<string>
}

/** Sends to push services, encrypted so that only the browser can read it. */
export function createSender({ store, config, log }: { store: Store; config: Config; log: Log }): Sender {
  const turns = createTurns(AT_ONCE, [WAITING])

  // Few places need it in the first seconds, and it takes a while to load.
  let loaded: ReturnType<typeof load> | undefined
  async function load() {
    const { default: webpush } = await import('web-push')
    return { webpush, keys: await store.push.keys(webpush.generateVAPIDKeys()) }
  }
  const prepared = () =>
    (loaded ??= load().catch((error: unknown) => {
      loaded = undefined
      throw error
    }))

  async function requestOf({ endpoint, p256dh, auth }: PushSubscription, push: Push) {
    const { webpush, keys } = await prepared()
    const subject = config.ORIGIN.find((origin) => origin.startsWith('https:')) ?? 'https://natter.invalid'
    return webpush.generateRequestDetails({ endpoint, keys: { p256dh, auth } }, JSON.stringify(push), {
      vapidDetails: { subject, ...keys },
      TTL: KEPT,
      urgency: push.type === 'shown' && push.forYou ? 'high' : 'normal',
      // What has not reached the device yet is replaced by what comes later of the same room.
      topic: topicOf(push.roomId + ('seq' in push ? `_${push.seq}` : '')),
    })
  }

  async function post(browser: PushSubscription, push: Push, patience: number): Promise<number | null> {
    // Asked again: the configuration may be another one by now.
    if (!isPushService(browser.endpoint, config)) return null
    const { headers, body } = await requestOf(browser, push)
    try {
      const response = await fetch(browser.endpoint, {
        method: 'POST',
        headers: headers as Record<string, string>,
        body: body && new Uint8Array(body),
        redirect: 'manual',
        signal: AbortSignal.timeout(patience),
      })
      await response.body?.cancel()
      return response.status
    } catch {
      return null
    }
  }

  async function attempt(browser: PushSubscription, push: Push, patience = WATCHED): Promise<number | null> {
    const end = await turns.take()
    if (!end) return null
    const status = await post(browser, push, patience).finally(end)
    if (status !== null && GONE.includes(status)) await store.push.forget(browser.endpoint)
    return status
  }

  async function insist(browser: PushSubscription, push: Push): Promise<number | null> {
    for (const wait of AGAIN) {
      const status = await attempt(browser, push, PATIENCE)
      if (status !== null && status !== 429 && status < 500) return status
      // Not in its turn: others are not kept by a service that is.
      await pause(wait, undefined, { ref: false })
    }
    return attempt(browser, push, PATIENCE)
  }

  return {
    key: async () => (await prepared()).keys.publicKey,
    attempt: (browser, push) => attempt(browser, push),
    async send(browser, push) {
      const host = URL.parse(browser.endpoint)?.hostname
      try {
        const status = await insist(browser, push)
        if (status === null || status >= 300) log.warn('notification not taken', { status, host })
      } catch (error) {
        log.warn('notification not sent', { host, error: String(error) })
      }
    },
  }
}

/** At most 32 characters of base64url. */
const topicOf = (roomId: string) => roomId.replace(/[^\w-]/g, '').slice(0, 32)
