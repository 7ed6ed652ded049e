import { createHash, createHmac } from 'node:crypto'

export type Signed = {
  method: string
  /** As it was sent. */
  path: string
  query: URLSearchParams
  headers: Record<string, string | undefined>
}

/** What an Authorization header of version 4 says; null for what is none. */
export function readAuthorization(header = '') {
  const found =
    /^AWS4-HMAC-SHA256 Credential=([^/,]+)\/(\d{8})\/([\w-]+)\/s3\/aws4_request, ?SignedHeaders=([\w;-]+), ?Signature=([\da-f]{64})$/.exec(
      header,
    )
  if (!found) return null
  const [, keyId = '', day = '', region = '', names = '', signature = ''] = found
  return { keyId, day, region, names: names.split(';'), signature }
}

const strictly = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')

/** The signature of a request, as https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html computes it. */
export function signatureOf(
  { method, path, query, headers }: Signed,
  { day, region, names }: { day: string; region: string; names: readonly string[] },
  secret: string,
): string {
  const canonical = [
    method,
    path
      .split('/')
      .map((part) => strictly(decodeURIComponent(part)))
      .join('/'),
    [...query]
      .map((pair) => pair.map(strictly).join('='))
      .toSorted()
      .join('&'),
    ...names.map((name) => `${name}:${(headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    names.join(';'),
    headers['x-amz-content-sha256'],
  ].join('\n')
  const scope = `${day}/${region}/s3/aws4_request`
  const said = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')
  let key: Buffer | string = `AWS4${secret}`
  for (const step of [day, region, 's3', 'aws4_request', said]) key = createHmac('sha256', key).update(step).digest()
  return Buffer.from(key).toString('hex')
}
