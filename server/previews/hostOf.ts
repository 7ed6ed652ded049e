import { PREVIEW_SITE } from '../../protocol/limits.ts'

/** Of a long one the end, which says whose it is: whatever stands before that, anybody may have made up. */
export function hostOf(address: string): string {
  const host = new URL(address).hostname.replace(/^www\.(?=.*\.)/, '')
  return host.length <= PREVIEW_SITE ? host : `…${host.slice(1 - PREVIEW_SITE)}`
}
