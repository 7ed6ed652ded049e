import type { Bucket, S3Error } from './requests.ts'

/** What whoever runs Natter can do about it. */
export function inWords({ code, status }: S3Error, { bucket, endpoint }: Bucket): string {
  const wrongKey = 'S3_ACCESS_KEY_ID or S3_SECRET_ACCESS_KEY is wrong'
  const elsewhere = `the bucket ${bucket} is in another region, or at another address: see S3_REGION, S3_ENDPOINT and S3_PATH_STYLE`
  const known: Record<string, string> = {
    NoSuchBucket: `there is no bucket ${bucket} at ${endpoint}`,
    AccessDenied: `the key may not write, read, list and remove in the bucket ${bucket}`,
    InvalidAccessKeyId: wrongKey,
    SignatureDoesNotMatch: wrongKey,
    AuthorizationHeaderMalformed: elsewhere,
    PermanentRedirect: elsewhere,
    TemporaryRedirect: elsewhere,
    RequestTimeTooSkewed: 'the clock of this machine is wrong',
    ECONNREFUSED: `nobody listens at ${endpoint}`,
    ENOTFOUND: `there is no such address as ${endpoint}`,
    timeout: `${endpoint} does not answer in time`,
    'other bytes': `${endpoint} gave back something else than it was given`,
  }
  return `${known[code] ?? `${endpoint} does not do what it is asked`} (${status ? `${status} ` : ''}${code})`
}
