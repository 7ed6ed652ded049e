import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { readAuthorization, signatureOf } from './signature.ts'

const key = { id: 'AKIATEST', secret: 'known/to+both=' }
const REGION = 'eu-test-1'
/** So few on one page that there are several. */
const PAGE = 3
/** S3 takes none smaller, but for the last one. Bytes. */
const SMALLEST_PART = 5 * 1024 * 1024

class Said extends Error {
  readonly status: number
  constructor(status: number, code: string) {
    super(code)
    this.status = status
  }
}

type Asked = { method: string; key: string; query: URLSearchParams; headers: IncomingMessage['headers']; body: Buffer }

type Fault = (request: IncomingMessage, response: ServerResponse) => boolean

const hex = (kind: string, bytes: Buffer) => createHash(kind).update(bytes).digest('hex')
const tagOf = (bytes: Buffer) => `"${hex('md5', bytes)}"`
const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
const all = (name: string, xml: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<${name}>${xml}</${name}>`

/** A store as Amazon's S3 describes it, in memory: it takes nothing that is not signed, and can be told to go wrong. */
export async function startS3() {
  const objects = new Map<string, Buffer>()
  const halves = new Map<string, { key: string; parts: Map<number, Buffer> }>()
  const asked: string[] = []
  let fault: Fault | undefined
  let buckets = ['files']

  function mustBeSigned(request: IncomingMessage, path: string, query: URLSearchParams, body: Buffer): void {
    const said = readAuthorization(request.headers.authorization)
    if (!said) throw new Said(403, 'AccessDenied')
    if (said.keyId !== key.id) throw new Said(403, 'InvalidAccessKeyId')
    if (said.region !== REGION) throw new Said(400, 'AuthorizationHeaderMalformed')
    const headers = request.headers as Record<string, string | undefined>
    const unsigned = Object.keys(headers).filter(
      (name) => /^(?:host|x-amz-.*)$/.test(name) && !said.names.includes(name),
    )
    if (unsigned.length > 0) throw new Said(403, 'AccessDenied')
    const { method = '' } = request
    if (signatureOf({ method, path, query, headers }, said, key.secret) !== said.signature)
      throw new Said(403, 'SignatureDoesNotMatch')
    const time = String(headers['x-amz-date']).replace(/^(....)(..)(..T..)(..)(.*)$/, '$1-$2-$3:$4:$5')
    if (Math.abs(Date.parse(time) - Date.now()) > 15 * 60_000) throw new Said(403, 'RequestTimeTooSkewed')
    if (headers['x-amz-content-sha256'] !== hex('sha256', body)) throw new Said(400, 'XAmzContentSHA256Mismatch')
  }

  /** Of a page that begins behind `after`: what there is below a prefix, in order. */
  function list(query: URLSearchParams): string {
    const [prefix, after] = [query.get('prefix') ?? '', query.get('continuation-token') ?? '']
    const keys = [...objects.keys()].filter((name) => name.startsWith(prefix) && `${name}&` > after).toSorted()
    const page = keys.slice(0, PAGE)
    const isMore = keys.length > PAGE
    const contents = page.map((name) => `<Contents><Key>${escaped(name)}</Key></Contents>`).join('')
    const next = isMore ? `<NextContinuationToken>${escaped(`${page.at(-1)}&~`)}</NextContinuationToken>` : ''
    return all('ListBucketResult', `<IsTruncated>${isMore}</IsTruncated>${contents}${next}`)
  }

  function listHalves(query: URLSearchParams): string {
    const found = [...halves].filter(([, half]) => half.key.startsWith(query.get('prefix') ?? ''))
    const page = found
      .slice(0, PAGE)
      .map(([id, half]) => `<Upload><Key>${half.key}</Key><UploadId>${id}</UploadId></Upload>`)
    return all('ListMultipartUploadsResult', `<IsTruncated>${found.length > PAGE}</IsTruncated>${page.join('')}`)
  }

  function halfOf({ key: name, query }: Asked) {
    const half = halves.get(query.get('uploadId') ?? '')
    if (half?.key !== name) throw new Said(404, 'NoSuchUpload')
    return half
  }

  function putTogether(one: Asked): string {
    const { parts } = halfOf(one)
    const numbers = [
      ...String(one.body).matchAll(/<Part><PartNumber>(\d+)<\/PartNumber><ETag>([^<]*)<\/ETag><\/Part>/g),
    ]
    const pieces = numbers.map(([, number, tag], i) => {
      const piece = parts.get(Number(number))
      if (!piece || tag !== tagOf(piece)) throw new Said(400, 'InvalidPart')
      if (piece.length < SMALLEST_PART && i < numbers.length - 1) throw new Said(400, 'EntityTooSmall')
      return piece
    })
    objects.set(one.key, Buffer.concat(pieces))
    halves.delete(one.query.get('uploadId') ?? '')
    return all('CompleteMultipartUploadResult', `<Key>${one.key}</Key>`)
  }

  function read({ key: name, headers }: Asked, response: ServerResponse): void {
    const bytes = objects.get(name)
    if (!bytes) throw new Said(404, 'NoSuchKey')
    const range = /^bytes=(\d+)-(\d+)$/.exec(headers.range ?? '')
    const part = range ? bytes.subarray(Number(range[1]), Number(range[2]) + 1) : bytes
    if (range && part.length === 0) throw new Said(416, 'InvalidRange')
    response.writeHead(range ? 206 : 200, { ETag: tagOf(bytes), 'Content-Length': part.length }).end(part)
  }

  const actions: Record<string, (one: Asked, response: ServerResponse) => void> = {
    'GET list-type': ({ query }, response) => void response.end(list(query)),
    'GET uploads': ({ query }, response) => void response.end(listHalves(query)),
    GET: read,
    HEAD: read,
    PUT({ key: name, body }, response) {
      objects.set(name, body)
      response.setHeader('ETag', tagOf(body)).end()
    },
    DELETE({ key: name }, response) {
      objects.delete(name)
      response.writeHead(204).end()
    },
    'POST uploads'({ key: name }, response) {
      const id = randomUUID()
      halves.set(id, { key: name, parts: new Map() })
      response.end(all('InitiateMultipartUploadResult', `<UploadId>${id}</UploadId>`))
    },
    'PUT uploadId'(one, response) {
      halfOf(one).parts.set(Number(one.query.get('partNumber')), one.body)
      response.setHeader('ETag', tagOf(one.body)).end()
    },
    'POST uploadId': (one, response) => void response.end(putTogether(one)),
    'DELETE uploadId'(one, response) {
      halfOf(one)
      halves.delete(one.query.get('uploadId') ?? '')
      response.writeHead(204).end()
    },
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams: query } = new URL(request.url ?? '', 'http://x')
    const [, before] = /^([\w-]+)\.localhost:/.exec(request.headers.host ?? '') ?? []
    const [bucket = '', name = ''] = before ? [before, pathname.slice(1)] : pathname.slice(1).split(/\/(.*)/)
    if (fault?.(request, response)) return
    const body = await buffer(request)
    const { method = '', headers } = request
    asked.push(`${method} ${name}`)
    mustBeSigned(request, pathname, query, body)
    if (!buckets.includes(bucket)) throw new Said(404, 'NoSuchBucket')
    if (method === 'PUT' && headers['content-length'] === undefined) throw new Said(411, 'MissingContentLength')
    const which = ['list-type', 'uploads', 'uploadId'].find((one) => query.has(one))
    const action = actions[which ? `${method} ${which}` : method]
    if (!action || (name === '') !== (method === 'GET' && which !== undefined)) throw new Said(405, 'MethodNotAllowed')
    action({ method, key: decodeURIComponent(name), query, headers, body }, response)
  }

  function refuse(response: ServerResponse, error: unknown): void {
    const [status, code] = error instanceof Said ? [error.status, error.message] : [500, 'InternalError']
    response.writeHead(status, { 'Content-Type': 'application/xml' })
    response.end(all('Error', `<Code>${code}</Code><Message>No.</Message>`))
  }

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => refuse(response, error))
  })
  const listen = (port: number) => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  await listen(0)
  const { port } = server.address() as AddressInfo
  async function down(): Promise<void> {
    const closed = new Promise((resolve) => server.close(resolve))
    server.closeAllConnections()
    await closed
  }
  onTestFinished(async () => {
    if (server.listening) await down()
  })

  return {
    /** How a Natter is configured that keeps its files here. */
    environment: {
      S3_ENDPOINT: `http://127.0.0.1:${port}`,
      S3_BUCKET: 'files',
      S3_REGION: REGION,
      S3_ACCESS_KEY_ID: key.id,
      S3_SECRET_ACCESS_KEY: key.secret,
    },
    /** By their keys. */
    objects,
    /** Begun in parts, and neither put together nor given up. */
    halves,
    /** Every request, as `GET natter/…`. */
    asked,
    down,
    up: () => listen(port),
    /** Every request that this answers goes wrong; all go well again without. */
    goWrong: (how?: Fault) => void (fault = how),
    hasBuckets: (names: string[]) => void (buckets = names),
  }
}

export type S3 = Awaited<ReturnType<typeof startS3>>
