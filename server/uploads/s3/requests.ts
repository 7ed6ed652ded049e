import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { AwsClient } from 'aws4fetch'
import { textOf } from './xml.ts'

/** A bucket, and who comes to it. */
export type Bucket = {
  endpoint: string
  bucket: string
  region: string
  accessKeyId: string
  secretAccessKey: string
  /** Whether it is named behind the address, not before it. */
  isBehind: boolean
}

/** The store said no, or nothing. `code` is its own word for it, or the network's; `status` 0 where nobody answered. */
export class S3Error extends Error {
  readonly code: string
  readonly status: number
  constructor(code: string, status = 0) {
    super(`The store of files says ${code}.`)
    this.code = code
    this.status = status
  }
}

export type Asked = {
  method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  key?: string
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: Blob
}

/** For an answer, beside the time that a body takes on a slow line: milliseconds, bytes a millisecond. */
const PATIENCE = 15_000
const SLOWEST = 70
/** Before what passes by itself is asked again. Milliseconds. */
const AGAIN = [200, 1_000]

const passes = ({ code, status }: S3Error): boolean =>
  code !== 'timeout' && (status === 0 || status === 429 || (status >= 500 && status !== 501))

export type Requests = ReturnType<typeof createRequests>

/** Asks a store, signed. All that is asked for may be asked twice. Ended by `signal`. */
export function createRequests(bucket: Bucket, signal: AbortSignal) {
  const { accessKeyId, secretAccessKey, region } = bucket
  const signing = new AwsClient({ accessKeyId, secretAccessKey, region, service: 's3' })
  const base = new URL(bucket.endpoint)
  if (bucket.isBehind) base.pathname = `${base.pathname.replace(/\/$/, '')}/${bucket.bucket}`
  else base.hostname = `${bucket.bucket}.${base.hostname}`

  function urlOf({ key, query = {} }: Asked): URL {
    const url = new URL(base)
    if (key !== undefined) url.pathname = `${base.pathname.replace(/\/$/, '')}/${key}`
    url.search = String(new URLSearchParams(query))
    return url
  }

  /** `take` reads what is needed of a good answer, and has to be done in time as well. */
  async function once<T>(asked: Asked, hash: string, take: (response: Response) => T | Promise<T>): Promise<T> {
    const { method, headers, body } = asked
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), PATIENCE + (body?.size ?? 0) / SLOWEST)
    try {
      const request = await signing.sign(urlOf(asked), {
        method,
        headers: { ...headers, 'X-Amz-Content-Sha256': hash },
        body,
        // Who is sent elsewhere has the wrong address or region: the signature holds for this one.
        redirect: 'manual',
        signal: AbortSignal.any([signal, late.signal]),
      })
      // Not signed, because proxies change it.
      request.headers.set('Accept-Encoding', 'identity')
      const response = await fetch(request)
      if (!response.ok) throw new S3Error(await codeOf(response), response.status)
      return await take(response)
    } catch (error) {
      if (error instanceof S3Error) throw error
      throw new S3Error(late.signal.aborted ? 'timeout' : networkCode(error))
    } finally {
      clearTimeout(timer)
    }
  }

  /** Rejects with S3Error. */
  return async function ask<T>(asked: Asked, take: (response: Response) => T | Promise<T>): Promise<T> {
    const hash = await hashOf(asked.body)
    for (let attempt = 0; ; attempt++) {
      try {
        return await once(asked, hash, take)
      } catch (error) {
        const wait = AGAIN[attempt]
        if (wait === undefined || signal.aborted || !(error instanceof S3Error && passes(error))) throw error
        await pause(wait)
      }
    }
  }
}

/** By which the store knows that what came is what was sent. */
async function hashOf(body: Blob | undefined): Promise<string> {
  const hash = createHash('sha256')
  if (body) for await (const chunk of body.stream()) hash.update(chunk)
  return hash.digest('hex')
}

/** An answer to HEAD says no more than its status. */
async function codeOf(response: Response): Promise<string> {
  return textOf(await response.text(), 'Code') ?? String(response.status)
}

function networkCode(error: unknown): string {
  const cause = error instanceof Error ? error.cause : undefined
  return cause instanceof Error && 'code' in cause ? String(cause.code) : 'no answer'
}
