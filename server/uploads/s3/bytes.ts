import { openAsBlob } from 'node:fs'
import { rm } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { checkName, namesAmong, type Bytes } from '../bytes.ts'
import { createParts, PART } from './parts.ts'
import { createRequests, S3Error, type Bucket } from './requests.ts'
import { partsOf, textOf } from './xml.ts'

/** Between two pieces of what is read. Milliseconds. */
const PATIENCE = 30_000

const nothing = (response: Response) => response.text()

const isNone = (error: unknown): boolean =>
  error instanceof S3Error && error.status === 404 && error.code !== 'NoSuchBucket'

function orNone(error: unknown): null {
  if (isNone(error)) return null
  throw error
}

/** In a bucket of an S3 store, below `folder`. Rejects with S3Error where the store says no, or nothing. */
export function bytesInS3(bucket: Bucket, folder: string, signal: AbortSignal): Bytes {
  const ask = createRequests(bucket, signal)
  const { putInParts, forgetParts } = createParts(ask)
  const keyOf = (name: string): string => `${folder}${checkName(name)}`

  return {
    async put(name, from) {
      const [key, body] = [keyOf(name), await openAsBlob(from)]
      if (body.size > PART) await putInParts(key, body)
      else await ask({ method: 'PUT', key, body }, nothing)
      await rm(from, { force: true })
    },
    async read(name, range) {
      const headers = range && { Range: `bytes=${range.start}-${range.end}` }
      const response = await ask({ method: 'GET', key: keyOf(name), headers }, (answer) => answer).catch(orNone)
      if (!response) return null
      if (range && response.status !== 206) {
        await response.body?.cancel()
        throw new S3Error('no ranges', response.status)
      }
      return Readable.from(response.body ? flowing(response.body) : [], { objectMode: false })
    },
    async size(name) {
      const sizeOf = ({ headers }: Response) => Number(headers.get('Content-Length'))
      return ask({ method: 'HEAD', key: keyOf(name) }, sizeOf).catch(orNone)
    },
    async remove(name) {
      await ask({ method: 'DELETE', key: keyOf(name) }, nothing).catch(orNone)
    },
    async names(most = Infinity) {
      const found: string[] = []
      for (let token: string | null | undefined; token !== null && found.length < most;) {
        const query = { 'list-type': '2', prefix: folder, ...(token && { 'continuation-token': token }) }
        const page: string = await ask({ method: 'GET', query }, nothing)
        for (const one of partsOf(page, 'Contents')) found.push((textOf(one, 'Key') ?? '').slice(folder.length))
        token = textOf(page, 'NextContinuationToken')
      }
      return namesAmong(found).slice(0, most)
    },
    forgetHalves: () => forgetParts(folder),
  }
}

/** What stands still is given up. Whoever reads slowly is waited for. */
async function* flowing(body: ReadableStream<Uint8Array>) {
  const reader = body.getReader()
  try {
    for (let isLate = false; ;) {
      const timer = setTimeout(() => {
        isLate = true
        void reader.cancel()
      }, PATIENCE)
      const { done, value } = await reader.read().finally(() => clearTimeout(timer))
      if (isLate) throw new S3Error('timeout')
      if (done) return
      yield value
    }
  } finally {
    await reader.cancel().catch(() => {})
  }
}
