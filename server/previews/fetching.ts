import type { LookupAddress } from 'node:dns'
import { request as requestPlain, type IncomingMessage } from 'node:http'
import { request as requestSecure } from 'node:https'
import type { LookupFunction } from 'node:net'
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib'
import type { Readable } from 'node:stream'
import { createLookUp, type LookUp } from './looking.ts'
import { isOnTheInternet } from './reachable.ts'

/** For all of it, however often it leads elsewhere. Milliseconds. */
const DEADLINE = 5_000
/** As it comes over the wire, and when it is unpacked. Bytes. */
const MOST = 1024 * 1024
const REDIRECTS = 3

const PAGE = /^(?:text\/html|application\/xhtml\+xml)(?:.*charset="?([\w-]+))?/i

/** A page as it was found; `url` is where it was in the end. */
export type Fetched = { url: URL; html: string }

type World = {
  lookUp?: LookUp
  isReachable?: (address: string) => boolean
  ports?: readonly string[]
  deadline?: number
}

/** Brings pages of the open internet, and asks nobody else: what is not that is null, as is what fails. Never throws. */
export function createFetching({
  lookUp = createLookUp(),
  isReachable = isOnTheInternet,
  // The empty one is that of the scheme.
  ports = ['', '80', '443'],
  deadline = DEADLINE,
}: World = {}) {
  /** Asked once for each connection, which then goes to the address that was looked at, and to no other. */
  const lookupReachable: LookupFunction = (host, options, answer) => {
    reachable(host).then(
      (addresses) => {
        const [{ address, family }] = addresses
        if (options.all) answer(null, addresses)
        else answer(null, address, family)
      },
      (error: Error) => answer(error, '', 4),
    )
  }

  async function reachable(host: string): Promise<[LookupAddress, ...LookupAddress[]]> {
    const [first, ...others] = await lookUp(host)
    // A name that leads to both is no honest name.
    if (!first || ![first, ...others].every(({ address }) => isReachable(address)))
      throw new Error('This address is not on the open internet.')
    return [first, ...others]
  }

  const mayAsk = ({ protocol, port, hostname, username, password }: URL): boolean => {
    const literal = hostname.replace(/^\[|\]$/g, '')
    return (
      (protocol === 'http:' || protocol === 'https:') &&
      ports.includes(port) &&
      username === '' &&
      password === '' &&
      // Numbers are looked up nowhere.
      (!/^[\d.]+$|:/.test(literal) || isReachable(literal))
    )
  }

  function get(url: URL, signal: AbortSignal): Promise<IncomingMessage> {
    const request = url.protocol === 'https:' ? requestSecure : requestPlain
    return new Promise((resolve, reject) => {
      request(
        url,
        {
          lookup: lookupReachable,
          signal,
          agent: false,
          headers: {
            'User-Agent': 'Natter (link preview)',
            Accept: 'text/html,application/xhtml+xml',
            'Accept-Encoding': 'gzip, deflate, br',
          },
          maxHeaderSize: 16 * 1024,
        },
        resolve,
      )
        .on('error', reject)
        // Without an answer, as after one that goes on in another protocol.
        .on('close', () => reject(new Error('It closed.')))
        .end()
    })
  }

  async function follow(url: URL, signal: AbortSignal, left: number): Promise<Fetched | null> {
    if (!mayAsk(url)) return null
    const response = await get(url, signal)
    const { statusCode = 0, headers } = response
    if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
      response.destroy()
      const next = URL.parse(headers.location, url.href)
      return left > 0 && next ? follow(next, signal, left - 1) : null
    }
    const type = PAGE.exec(headers['content-type'] ?? '')
    if (statusCode !== 200 || type === null) {
      response.destroy()
      return null
    }
    return { url, html: decode(await read(response), type[1]) }
  }

  return async function fetchPage(address: string, ended?: AbortSignal): Promise<Fetched | null> {
    const url = URL.parse(address)
    if (!url) return null
    const late = AbortSignal.timeout(deadline)
    return follow(url, ended ? AbortSignal.any([late, ended]) : late, REDIRECTS).catch(() => null)
  }
}

export type FetchPage = ReturnType<typeof createFetching>

/** The beginning of a page, as much of it as is taken: a title stands at the top. */
async function read(response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  let packed = 0
  response.on('data', (chunk: Buffer) => {
    packed += chunk.length
    if (packed > MOST) response.destroy(new Error('Too large.'))
  })
  try {
    for await (const chunk of unpacked(response) as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size >= MOST) break
    }
  } finally {
    response.destroy()
  }
  return Buffer.concat(chunks).subarray(0, MOST)
}

function unpacked(response: IncomingMessage): Readable {
  const unpack = {
    gzip: createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  }[String(response.headers['content-encoding'] ?? '')]
  if (!unpack) return response
  const out = unpack()
  response.on('error', (error) => out.destroy(error))
  return response.pipe(out)
}

function decode(bytes: Buffer, charset: string | undefined): string {
  const [, named] = /<meta[^>]{0,100}charset=["']?([\w-]{1,20})/i.exec(bytes.subarray(0, 1024).toString('latin1')) ?? []
  try {
    return new TextDecoder(charset ?? named ?? 'utf-8').decode(bytes)
  } catch {
    return bytes.toString('utf8')
  }
}
