import type { Config } from '../config.ts'

/** The push services of Chrome, Edge, Firefox and Safari: the host itself, or what stands before it. */
const HOSTS = ['fcm.googleapis.com', 'push.services.mozilla.com', 'push.apple.com', 'notify.windows.com']

/** A browser may say any address: only those of push services are asked, so that nobody sends this server anywhere else. */
export function isPushService(endpoint: string, { PUSH_HOSTS }: Pick<Config, 'PUSH_HOSTS'>): boolean {
  const url = URL.parse(endpoint)
  if (!url || url.username || url.password) return false
  if (PUSH_HOSTS.includes(url.origin)) return true
  return (
    url.protocol === 'https:' &&
    url.port === '' &&
    HOSTS.some((host) => url.hostname === host || url.hostname.endsWith(`.${host}`))
  )
}

/** Safari takes the permission away from who sends what is not shown: there, what was read elsewhere goes when Natter is opened. */
export const showsEverything = (endpoint: string): boolean =>
  URL.parse(endpoint)?.hostname.endsWith('.apple.com') ?? false
