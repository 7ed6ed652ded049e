import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { atHand, bytesOnDisk, type Bytes, type KeptBytes } from './bytes.ts'
import { bytesInS3 } from './s3/bytes.ts'
import { createReach } from './s3/reach.ts'
import type { Bucket } from './s3/requests.ts'

/** The bucket that is configured; null for the data folder. */
export function bucketOf(config: Config): Bucket | null {
  const { S3_BUCKET, S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY, S3_PATH_STYLE } = config
  if (!S3_BUCKET || !S3_ACCESS_KEY_ID || !S3_SECRET_ACCESS_KEY) return null
  return {
    endpoint: S3_ENDPOINT ?? `https://s3.${S3_REGION}.amazonaws.com`,
    bucket: S3_BUCKET,
    region: S3_REGION,
    accessKeyId: S3_ACCESS_KEY_ID,
    secretAccessKey: S3_SECRET_ACCESS_KEY,
    isBehind: S3_PATH_STYLE ? S3_PATH_STYLE === 'on' : S3_ENDPOINT !== undefined,
  }
}

/** Each place has its own folder in a bucket: what it does not know of there it removes, and never what is another's. */
export const bytesInBucket = (bucket: Bucket, placeId: string, signal: AbortSignal): Bytes =>
  bytesInS3(bucket, `natter/${placeId}/`, signal)

type Parts = { dir: string; config: Config; log: Log; placeId: string }

/** Where the files of this place are kept, as it is configured. */
export function keptBytes({ dir, config, log, placeId }: Parts): KeptBytes {
  const bucket = bucketOf(config)
  if (!bucket) return atHand(bytesOnDisk(dir))
  const ended = new AbortController()
  const kept = createReach({ bytes: bytesInBucket(bucket, placeId, ended.signal), bucket, log, scratch: dir })
  return {
    ...kept,
    async start() {
      kept.start()
      const left = (await bytesOnDisk(dir).names()).length
      if (left > 0)
        log.warn('files are in the data folder, not in the bucket: npm run move-files -- to-bucket', { left })
    },
    close() {
      kept.close()
      ended.abort()
    },
  }
}
