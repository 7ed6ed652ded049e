import { ECDH } from 'node:crypto'
import type { PushSubscription } from '../../protocol/push.ts'

/** Whether these are keys that something can be encrypted for: a point on the curve P-256, and 16 bytes. RFC 8291, section 3. */
export function isReadable({ p256dh, auth }: Pick<PushSubscription, 'p256dh' | 'auth'>): boolean {
  try {
    ECDH.convertKey(p256dh, 'prime256v1', 'base64url')
  } catch {
    return false
  }
  return Buffer.from(p256dh, 'base64url').length === 65 && Buffer.from(auth, 'base64url').length >= 16
}
