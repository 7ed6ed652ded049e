import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Config } from '../server/config.ts'
import { directly, mustBeAtRest } from '../server/store/postgres/direct.ts'
import { metaOf } from '../server/store/sql/queries.ts'
import { databaseIn } from '../server/store/sqlite/folder.ts'
import { openSqlite } from '../server/store/sqlite/index.ts'
import { bytesOnDisk } from '../server/uploads/bytes.ts'
import { moveFiles } from '../server/uploads/moving.ts'
import { S3Error } from '../server/uploads/s3/requests.ts'
import { inWords } from '../server/uploads/s3/words.ts'
import { bucketOf, bytesInBucket } from '../server/uploads/where.ts'
import { command } from './command.ts'

const usage = 'Say where to: npm run move-files -- to-bucket, or to-folder'

function tell(moved: number, all: number): void {
  if (moved === all || moved % 100 === 0) console.log(`${moved} of ${all} files`)
}

/** Whose files they are, while nobody else changes anything; `close` ends that. */
async function atRest(dir: string, { DATABASE_URL: url }: Config) {
  if (url === undefined) {
    if (!existsSync(databaseIn(dir))) throw new Error(`There is no Natter in ${dir}.`)
    return openSqlite({ dir })
  }
  const placeId = await directly(url, (database) => {
    mustBeAtRest(database)
    return String(metaOf(database, 'place_id'))
  })
  return { placeId, close: async () => {} }
}

/** `npm run move-files -- to-bucket`, or `to-folder`: moves what people sent to where it is kept from now on. Natter must not be running. */
await command(usage, async (dir, where, config) => {
  const bucket = bucketOf(config)
  if (where !== 'to-bucket' && where !== 'to-folder') throw new Error(usage)
  if (!bucket) throw new Error('Set S3_BUCKET and what belongs to it, so that it is known which bucket.')
  const place = await atRest(dir, config)
  try {
    const scratch = path.join(dir, 'files')
    const folder = bytesOnDisk(scratch)
    const far = bytesInBucket(bucket, place.placeId, new AbortController().signal)
    const isOut = where === 'to-bucket'
    await moveFiles({ from: isOut ? folder : far, to: isOut ? far : folder, scratch, tell })
    return isOut
      ? `All files of ${dir} are in the bucket ${bucket.bucket} now.`
      : `All files are in ${scratch} now. Start Natter without S3_BUCKET.`
  } catch (error) {
    throw error instanceof S3Error
      ? new Error(`Not all are moved: ${inWords(error, bucket)}.`, { cause: error })
      : error
  } finally {
    await place.close()
  }
})
