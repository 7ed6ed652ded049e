import { open, stat, statfs } from 'node:fs/promises'
import path from 'node:path'
import { Refusal } from '../../protocol/errors.ts'
import type { Upload } from '../../protocol/files.ts'
import { UNSENT_MS } from '../../protocol/limits.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import type { FileLimits, KeptFile } from '../store/files.ts'
import type { Store } from '../store/store.ts'
import { createArriving, type Piece } from './arriving.ts'
import type { KeptBytes } from './bytes.ts'
import { hushBoxes } from './boxes.ts'
import { HEAD_BYTES, hasBoxes, isPicture, kindOf } from './kinds.ts'
import { createComing } from './coming.ts'
import { createDrawing } from './pictures.ts'
import { createSweeping } from './sweeping.ts'
import { keptBytes } from './where.ts'

const MB = 1_000_000
/** Files of one person that are not sent, at most. */
const UNSENT = 30

export type Uploads = {
  begin: (upload: { roomId: string; uploaderId: string; name: string; size: number }) => Promise<Upload>
  /** How far it is. */
  stateOf: (kept: KeptFile) => Promise<Upload>
  /** What comes, from its offset on. Once the last byte is there it is a file. */
  append: (kept: KeptFile, piece: Piece) => Promise<Upload>
  /** One that is not sent, whatever of it is there. */
  drop: (kept: KeptFile) => Promise<void>
  bytes: KeptBytes
  /** Bytes that have come since the start. */
  came: () => number
  limits: FileLimits
  /** To be called when files may be no more: soon after, their bytes are not there either. */
  sweep: () => void
  start: () => void
  close: () => void
}

export const smallOf = (bytes: string): string => `${bytes}.small`

/** "40 MB", as people say it. */
const inMegabytes = (bytes: number): string => `${Math.ceil(bytes / MB)}`

/** Files on their way in: what has come of them, and what becomes of it. */
export function createUploads({ store, config, log }: { store: Store; config: Config; log: Log }): Uploads {
  const dir = path.resolve(config.DATA_DIR, 'files')
  const bytes = keptBytes({ dir, config, log, placeId: store.placeId })
  const arriving = createArriving(path.join(dir, 'unfinished'))
  const coming = createComing(arriving)
  const { draw } = createDrawing()
  const finishing = new Map<string, Promise<KeptFile>>()
  const limits = { unsent: UNSENT, mine: config.LIMIT_FILES_MB * MB, all: config.LIMIT_ALL_FILES_MB * MB }
  const sweeping = createSweeping({ store, log, bytes, arriving, unsentFor: UNSENT_MS })

  async function mustHaveRoom(size: number): Promise<void> {
    const { bavail, bsize } = await statfs(path.resolve(config.DATA_DIR))
    if (bavail * bsize - coming.promised() - size < config.KEEP_FREE_MB * MB)
      throw new Refusal('storage_unavailable', 'The disk is nearly full. New files are refused; messages still work.')
  }

  async function stateOf({ file, isReady }: KeptFile): Promise<Upload> {
    if (isReady) return { id: file.id, size: file.size, offset: file.size, file }
    return { id: file.id, size: file.size, offset: await arriving.offsetOf(file.id) }
  }

  /** At once if it can be: if not, it is noted, and removed later. */
  async function removeNow(id: string): Promise<void> {
    await sweeping.remove(id).catch((error: unknown) => {
      if (!(error instanceof Refusal)) throw error
    })
  }

  /** First the bytes, where they stay; then that they are there. Whatever ends in between is done again from the beginning. */
  async function finish({ file, uploaderId }: KeptFile): Promise<KeptFile> {
    const { id, name } = file
    const source = arriving.fileOf(id)
    const { anew, small } = arriving.besideOf(id)
    try {
      await bytes.mustBeThere()
      const head = await headOf(source)
      const type = kindOf(head)
      const drawn = isPicture(type) ? await draw(uploaderId, source, type, { anew, small }) : null
      if (hasBoxes(head)) await hushBoxes(source)
      const whole = drawn ? anew : source
      const { size } = await stat(whole)
      if (drawn) await bytes.put(smallOf(id), small)
      await bytes.put(id, whole)
      return await store.files.finish(id, { name: drawn ? renamed(name, drawn.type) : name, type, size, ...drawn })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      // It will never do, or was taken back meanwhile: nobody would look for what is there of it.
      if (error.code === 'invalid') await store.files.drop(id)
      if (error.code === 'invalid' || error.code === 'not_found') await removeNow(id)
      throw error
    }
  }

  /** Once at a time, whoever asks. */
  async function finishOnce(kept: KeptFile): Promise<KeptFile> {
    const { id } = kept.file
    const going = finishing.get(id) ?? finish(kept).finally(() => finishing.delete(id))
    finishing.set(id, going)
    const finished = await going
    await arriving.remove(id)
    return finished
  }

  return {
    bytes,
    came: arriving.came,
    limits,
    stateOf,
    sweep: sweeping.soon,
    start() {
      bytes.start()
      sweeping.start()
    },
    close() {
      sweeping.close()
      bytes.close()
    },
    async begin(upload) {
      if (upload.size === 0) throw new Refusal('invalid', 'This file is empty.')
      if (upload.size > config.LIMIT_FILE_MB * MB)
        throw new Refusal('invalid', `${inMegabytes(upload.size)} MB; the limit here is ${config.LIMIT_FILE_MB}.`)
      await bytes.mustBeThere()
      await mustHaveRoom(upload.size)
      return stateOf(await store.files.begin({ ...upload, limits }))
    },
    async append(kept, piece) {
      const { id, size } = kept.file
      if (kept.isReady) return stateOf(kept)
      if (finishing.has(id)) return stateOf(await finishOnce(kept))
      await mustHaveRoom(size - piece.offset)
      const reached = await coming.take(kept, piece)
      return reached < size ? { id, size, offset: reached } : stateOf(await finishOnce(kept))
    },
    async drop({ file }) {
      await store.files.drop(file.id)
      await removeNow(file.id)
      sweeping.soon()
    },
  }
}

async function headOf(file: string): Promise<Uint8Array> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await handle.close()
  }
}

/** What has become another kind of picture is called as one. */
const renamed = (name: string, type: string): string =>
  type === 'image/webp' ? name.replace(/\.avif$/i, '.webp') : name
