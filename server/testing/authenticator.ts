import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const bytes = (text: string) => Buffer.from(text, 'base64url')
const text = (data: Uint8Array) => Buffer.from(data).toString('base64url')
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest()

type Options = { challenge?: unknown; user?: unknown }

/** A device that keeps one passkey, as a browser at this address would use it. https://www.w3.org/TR/webauthn-3/ */
export function createAuthenticator(origin: string) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const id = randomBytes(16)
  let counter = 0

  const authenticatorData = (flags: number, attested = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4)
    count.writeUInt32BE(++counter)
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.from([flags]), count, attested])
  }
  const clientDataOf = (type: string, challenge: unknown, from: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: from, crossOrigin: false }))
  const credential = { id: text(id), rawId: text(id), type: 'public-key' as const, clientExtensionResults: {} }

  return {
    id: text(id),
    /** What it answers who is asked to make a passkey; `from`: the page that asks. */
    make({ challenge }: Options, from = origin) {
      const key = Buffer.concat([
        Buffer.from('a5010203262001215820', 'hex'),
        bytes(x),
        Buffer.from('225820', 'hex'),
        bytes(y),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const data = authenticatorData(0x45, attested)
      const attestationObject = Buffer.concat([
        Buffer.from('a363666d74646e6f6e656761747453746d74a068617574684461746158', 'hex'),
        Buffer.from([data.length]),
        data,
      ])
      const clientData = clientDataOf('webauthn.create', challenge, from)
      return {
        ...credential,
        response: {
          clientDataJSON: text(clientData),
          attestationObject: text(attestationObject),
          transports: ['internal'],
        },
      }
    },
    /** What it answers who is asked to sign in with it. */
    use({ challenge }: Options, { from = origin, personId }: { from?: string; personId?: string } = {}) {
      const clientData = clientDataOf('webauthn.get', challenge, from)
      const data = authenticatorData(0x05)
      const signature = sign('sha256', Buffer.concat([data, sha256(clientData)]), privateKey)
      return {
        ...credential,
        response: {
          clientDataJSON: text(clientData),
          authenticatorData: text(data),
          signature: text(signature),
          ...(personId !== undefined && { userHandle: text(Buffer.from(personId)) }),
        },
      }
    },
  }
}
