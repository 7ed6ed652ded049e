import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify, type ECDH } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Push, PushSubscription } from '../../protocol/push.ts'

type Received = { path: string; headers: IncomingHttpHeaders; push: Push }
type Browser = PushSubscription & { keys: ECDH; secret: Buffer }

/** A push service on this machine, with browsers that can read what it is given. It refuses what is not signed as it should be. */
export async function startPushService() {
  const browsers = new Map<string, Browser>()
  const received: Received[] = []
  /** What it answers next, one after the other; then 201. */
  const answers: number[] = []
  const http = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { url: path = '', headers } = request
      const browser = browsers.get(path)
      const status = browser && isSigned(headers.authorization ?? '') ? (answers.shift() ?? 201) : 403
      if (browser && status === 201) received.push({ path, headers, push: read(Buffer.concat(chunks), browser) })
      response.writeHead(status, { Location: '/elsewhere' }).end('said by the push service')
    })
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(http.address() as AddressInfo).port}`

  return {
    origin,
    received,
    answers,
    /** A browser that can be reached here, as its PushManager would say it. */
    browser(name: string): PushSubscription {
      const [keys, secret, path] = [createECDH('prime256v1'), randomBytes(16), `/${name}`]
      const p256dh = keys.generateKeys('base64url')
      const browser = { endpoint: `${origin}${path}`, p256dh, auth: secret.toString('base64url') }
      browsers.set(path, { ...browser, keys, secret })
      return browser
    },
    stop: () => new Promise((resolve) => http.close(resolve).closeAllConnections()),
  }
}

/** RFC 8188 (aes128gcm) with the keys of RFC 8291. */
function read(body: Buffer, { keys, secret, p256dh }: Browser): Push {
  const [salt, length] = [body.subarray(0, 16), body.readUInt8(20)]
  const sender = body.subarray(21, 21 + length)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), Buffer.from(p256dh, 'base64url'), sender])
  const shared = Buffer.from(hkdfSync('sha256', keys.computeSecret(sender), secret, info, 32))
  const key = Buffer.from(hkdfSync('sha256', shared, salt, 'Content-Encoding: aes128gcm\0', 16))
  const nonce = Buffer.from(hkdfSync('sha256', shared, salt, 'Content-Encoding: nonce\0', 12))
  const sealed = body.subarray(21 + length)
  const decipher = createDecipheriv('aes-128-gcm', key, nonce).setAuthTag(sealed.subarray(-16))
  const text = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]).toString()
  // The last record ends with a 2, and zeros where it is padded.
  return JSON.parse(text.slice(0, text.lastIndexOf('\u0002'))) as Push
}

/** RFC 8292: a token signed by the key that it names, for this service. */
function isSigned(authorization: string): boolean {
  const [, token = '', key = ''] = /^vapid t=([^,]+), k=(.+)$/.exec(authorization) ?? []
  const [header, claims, signature] = token.split('.')
  const point = Buffer.from(key, 'base64url')
  if (!header || !claims || !signature || point.length !== 65) return false
  const [x, y] = [point.subarray(1, 33).toString('base64url'), point.subarray(33).toString('base64url')]
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  const signed = Buffer.from(`${header}.${claims}`)
  return verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, Buffer.from(signature, 'base64url'))
}
