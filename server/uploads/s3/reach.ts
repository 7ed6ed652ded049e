import { randomBytes, randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { Refusal } from '../../../protocol/errors.ts'
import type { Log } from '../../log.ts'
import type { Bytes, KeptBytes } from '../bytes.ts'
import { S3Error, type Bucket } from './requests.ts'
import { inWords } from './words.ts'

/** Until it is looked whether what could not be reached can be again. Milliseconds. */
const EVERY = 10_000

/** How those begin that are written, listed and removed to see whether that can be done. */
const TRIAL = '-trial'

const unreachable = () =>
  new Refusal('storage_unavailable', 'Files cannot be reached just now. Messages still work.', EVERY)

type Parts = { bytes: Bytes; bucket: Bucket; log: Log; scratch: string }

/**
 * Bytes elsewhere, which at times are not to be had: then whatever needs them is refused at once with `storage_unavailable`, until a
 * trial finds that they can be written, read, listed and removed. What goes wrong with one file alone is no reason for that.
 */
export function createReach({ bytes, bucket, log, scratch }: Parts): KeptBytes {
  // Each node its own: several may look at once.
  const trial = `${TRIAL}-${randomBytes(6).toString('hex')}`
  let trouble: string | null = null
  let hasLooked = false
  let going: Promise<void> | null = null
  let timer: NodeJS.Timeout | undefined
  let closed = false

  async function tryIt(): Promise<void> {
    const [file, content] = [path.join(scratch, `.${trial}`), randomUUID()]
    await mkdir(scratch, { recursive: true, mode: 0o700 })
    await writeFile(file, content, { mode: 0o600 })
    await bytes.put(trial, file)
    const came = await bytes.read(trial)
    if (!came || (await text(came)) !== content) throw new S3Error('other bytes')
    await bytes.names(1)
    await bytes.remove(trial)
  }

  async function lookNow(): Promise<void> {
    clearTimeout(timer)
    const found = await tryIt().then(
      () => null,
      (error: unknown) => (error instanceof S3Error ? inWords(error, bucket) : String(error)),
    )
    if (closed) return
    if (found === null && trouble !== null) log.info('files can be reached again')
    if (found !== null && found !== trouble) log.error('files cannot be reached', { reason: found })
    trouble = found
    hasLooked = true
    if (found !== null) timer = setTimeout(() => void look(), EVERY).unref()
  }

  /** Once at a time. */
  const look = (): Promise<void> => (going ??= lookNow().finally(() => (going = null)))

  async function reach<T>(act: () => Promise<T>): Promise<T> {
    if (!hasLooked) await look()
    if (trouble !== null || closed) throw unreachable()
    try {
      return await act()
    } catch (error) {
      if (!(error instanceof S3Error) || closed) throw error
      log.warn('a file was not reached', { code: error.code })
      void look()
      throw unreachable()
    }
  }

  return {
    put: (name, from) => reach(() => bytes.put(name, from)),
    read: (name, range) => reach(() => bytes.read(name, range)),
    size: (name) => reach(() => bytes.size(name)),
    remove: (name) => reach(() => bytes.remove(name)),
    names: (most) => reach(async () => (await bytes.names(most)).filter((name) => !name.startsWith(TRIAL))),
    forgetHalves: () => reach(() => bytes.forgetHalves()),
    mustBeThere: () => reach(async () => {}),
    trouble: () => trouble,
    start: () => void look(),
    close(): void {
      closed = true
      clearTimeout(timer)
    },
  }
}
