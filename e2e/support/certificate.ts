import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

/** ASN.1 in DER: a tag, a length, and what is in it. */
function der(tag: number, ...parts: (Buffer | string)[]): Buffer {
  const body = Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'hex') : part)))
  const { length } = body
  const size = length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from([tag, ...size]), body])
}
const [SEQUENCE, SET, INTEGER, BITS, OCTETS, OID, UTF8, TIME] = [0x30, 0x31, 0x02, 0x03, 0x04, 0x06, 0x0c, 0x17]
const COMMON_NAME = '550403'
const ALTERNATIVE_NAMES = '551d11'
const ECDSA_WITH_SHA256 = '2a8648ce3d040302'

/** A certificate for localhost that nobody vouches for, and its key, both as PEM: RFC 5280. */
export function selfSigned(): { cert: string; key: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = der(SEQUENCE, der(OID, ECDSA_WITH_SHA256))
  const name = der(SEQUENCE, der(SET, der(SEQUENCE, der(OID, COMMON_NAME), der(UTF8, Buffer.from('localhost')))))
  const date = (days: number) => {
    const digits = new Date(Date.now() + days * 86_400_000).toISOString().replaceAll(/\D/g, '')
    return der(TIME, Buffer.from(`${digits.slice(2, 14)}Z`))
  }
  const localhost = der(OCTETS, der(SEQUENCE, der(0x82, Buffer.from('localhost'))))
  const extensions = der(0xa3, der(SEQUENCE, der(SEQUENCE, der(OID, ALTERNATIVE_NAMES), localhost)))
  const content = der(
    SEQUENCE,
    der(0xa0, der(INTEGER, '02')),
    der(INTEGER, '01', randomBytes(8)),
    algorithm,
    name,
    der(SEQUENCE, date(-1), date(1)),
    name,
    publicKey.export({ type: 'spki', format: 'der' }),
    extensions,
  )
  const whole = der(SEQUENCE, content, algorithm, der(BITS, '00', sign('sha256', content, privateKey)))
  const lines = whole.toString('base64').replaceAll(/.{64}/g, '$&\n')
  return {
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}
