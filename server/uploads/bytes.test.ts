import dns from 'node:dns'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buffer, text } from 'node:stream/consumers'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { readConfig } from '../config.ts'
import { bytesOnDisk, type Bytes } from './bytes.ts'
import { S3Error, type Bucket } from './s3/requests.ts'
import { startS3 } from './testing/s3Server.ts'
import { bucketOf, bytesInBucket } from './where.ts'

async function folder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-bytes-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

const never = new AbortController().signal

function bucketIn(environment: Record<string, string>): Bucket {
  const bucket = bucketOf(readConfig(environment))
  if (!bucket) throw new Error('It is configured.')
  return bucket
}

async function inBucket(more: Record<string, string> = {}) {
  const s3 = await startS3()
  return { s3, bytes: bytesInBucket(bucketIn({ ...s3.environment, ...more }), 'place', never) }
}

async function putIn(bytes: Bytes, name: string, content: string | Buffer): Promise<void> {
  const dir = await folder()
  const from = path.join(dir, 'coming')
  await writeFile(from, content)
  await bytes.put(name, from)
  expect(await readdir(dir)).toEqual([])
}

/** Where bytes may lie. */
const places: Record<string, () => Promise<Bytes>> = {
  'a folder': async () => bytesOnDisk(path.join(await folder(), 'files')),
  'a bucket': async () => (await inBucket()).bytes,
}

describe.each(Object.entries(places))('bytes in %s', (_, open) => {
  async function opened() {
    const bytes = await open()
    const put = (name: string, content: string | Buffer) => putIn(bytes, name, content)
    const read = async (name: string, range?: { start: number; end: number }) => {
      const stream = await bytes.read(name, range)
      return stream && text(stream)
    }
    return { bytes, put, read }
  }

  it('takes a file in, which is gone from where it was, and gives it back whole or in part', async () => {
    const { bytes, put, read } = await opened()
    await put('one', '0123456789')
    expect(await read('one')).toBe('0123456789')
    expect(await read('one', { start: 2, end: 4 })).toBe('234')
    expect(await read('one', { start: 9, end: 9 })).toBe('9')
    expect(await bytes.size('one')).toBe(10)
  })

  it('takes the newest of what comes twice, and a file that is empty', async () => {
    const { bytes, put, read } = await opened()
    await put('one', 'first')
    await put('one', 'second')
    await put('none', '')
    expect([await read('one'), await read('none'), await bytes.size('none')]).toEqual(['second', '', 0])
  })

  it('has nothing of what was never there or was removed, as often as it is asked', async () => {
    const { bytes, put, read } = await opened()
    expect([await read('one'), await bytes.size('one'), await bytes.names()]).toEqual([null, null, []])
    await put('one', 'words')
    await put('one.small', 'w')
    for (let i = 0; i < 2; i++) await bytes.remove('one')
    expect([await read('one'), await bytes.size('one'), await bytes.names()]).toEqual([null, null, ['one.small']])
  })

  it('lists every name, however many there are', async () => {
    const { bytes, put } = await opened()
    const names = Array.from({ length: 8 }, (__, i) => [`id-${i}`, `id-${i}.small`]).flat()
    for (const name of names) await put(name, name)
    expect((await bytes.names()).toSorted()).toEqual(names)
  })

  it('goes by no name that the server does not make', async () => {
    const { bytes, put } = await opened()
    for (const name of ['../x', '/etc/passwd', 'a/b', '', '.', 'x'.repeat(41), 'a.exe', 'a?uploads', 'a%2fb']) {
      for (const asked of [
        () => put(name, 'x'),
        () => bytes.read(name),
        () => bytes.size(name),
        () => bytes.remove(name),
      ])
        await expect(asked(), name).rejects.toThrow('No file is called that.')
    }
  })

  it('takes a large file as it takes a small one', async () => {
    const { bytes, put } = await opened()
    const large = Buffer.alloc(20_000_000, 'Natter ')
    await put('large', large)
    expect(await bytes.size('large')).toBe(large.length)
    const stream = await bytes.read('large')
    expect(stream && large.equals(await buffer(stream))).toBe(true)
    await bytes.forgetHalves()
    expect(await bytes.names()).toEqual(['large'])
  })
})

const codeOf = (doing: Promise<unknown>) =>
  doing.then(
    () => 'done',
    (error: unknown) => (error instanceof S3Error ? error.code : error),
  )

it('lists of a folder no folder', async () => {
  const dir = await folder()
  await mkdir(path.join(dir, 'unfinished'))
  expect(await bytesOnDisk(dir).names()).toEqual([])
})

it('asks a bucket that is named before the address', async () => {
  const s3 = await startS3()
  vi.spyOn(dns, 'lookup').mockImplementation(((host: string, _: object, done: (...found: unknown[]) => void) => {
    done(null, host === 'files.localhost' ? [{ address: '127.0.0.1', family: 4 }] : [])
  }) as never)
  onTestFinished(() => void vi.restoreAllMocks())
  const S3_ENDPOINT = s3.environment.S3_ENDPOINT.replace('127.0.0.1', 'localhost')
  const bytes = bytesInBucket(bucketIn({ ...s3.environment, S3_ENDPOINT, S3_PATH_STYLE: 'off' }), 'place', never)
  await putIn(bytes, 'one', 'words')
  expect([await bytes.names(), [...s3.objects.keys()]]).toEqual([['one'], ['natter/place/one']])
})

it('leaves no parts of what was cut, nor of what the end of the server before has left', async () => {
  const { s3, bytes } = await inBucket()
  let parts = 0
  s3.goWrong(({ url = '', socket }) => {
    const isThird = url.includes('partNumber') && ++parts >= 3
    if (isThird) socket.destroy()
    return isThird
  })
  expect(await codeOf(putIn(bytes, 'large', Buffer.alloc(20_000_000)))).toMatch(/ECONNRESET|UND_ERR_SOCKET|EPIPE/)
  expect([s3.halves.size, s3.objects.size]).toEqual([0, 0])
  s3.goWrong()
  for (let i = 0; i < 7; i++) s3.halves.set(`left-${i}`, { key: `natter/place/x${i}`, parts: new Map() })
  s3.halves.set('other', { key: 'natter/another/x', parts: new Map() })
  await bytes.forgetHalves()
  expect([...s3.halves.keys()]).toEqual(['other'])
})

it('leaves alone what is on its way while it takes away what was left', async () => {
  const { s3, bytes } = await inBucket()
  for (let i = 0; i < 4; i++) s3.halves.set(`left-${i}`, { key: `natter/place/x${i}`, parts: new Map() })
  let forgotten: Promise<void> | undefined
  s3.goWrong(({ url = '' }) => {
    if (url.includes('partNumber')) forgotten ??= bytes.forgetHalves()
    return false
  })
  await putIn(bytes, 'large', Buffer.alloc(20_000_000))
  await forgotten
  expect([s3.halves.size, await bytes.size('large')]).toEqual([0, 20_000_000])
})

it('asks again for what a store does not do at once, and not for what it refuses', async () => {
  const { s3, bytes } = await inBucket()
  let times = 0
  const say = (status: number, code: string) =>
    s3.goWrong((_, response) => {
      if (++times > 2) return false
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`)
      return true
    })
  say(503, 'SlowDown')
  expect([await codeOf(bytes.names()), times]).toEqual(['done', 3])
  times = 0
  say(403, 'AccessDenied')
  expect([await codeOf(bytes.names()), times]).toEqual(['AccessDenied', 1])
  expect(await codeOf((await inBucket({ S3_REGION: 'us-east-1' })).bytes.names())).toBe('AuthorizationHeaderMalformed')
  expect(await codeOf((await inBucket({ S3_SECRET_ACCESS_KEY: 'wrong' })).bytes.names())).toBe('SignatureDoesNotMatch')
  expect(await codeOf((await inBucket({ S3_BUCKET: 'none' })).bytes.read('x'))).toBe('NoSuchBucket')
})

it('believes no answer that is not what was asked for', async () => {
  const { s3, bytes } = await inBucket()
  await putIn(bytes, 'one', '0123456789')
  s3.goWrong((_, response) => Boolean(response.end('0123456789')))
  expect(await codeOf(bytes.read('one', { start: 2, end: 4 }))).toBe('no ranges')
  s3.goWrong((_, response) => Boolean(response.writeHead(307, { Location: 'http://127.0.0.1:9/' }).end()))
  expect(await codeOf(bytes.read('one'))).toBe('307')
  s3.goWrong((_, response) => Boolean(response.end('<Error><Code>InternalError</Code></Error>')))
  expect(await codeOf(putIn(bytes, 'large', Buffer.alloc(9_000_000)))).toBe('no UploadId')
})
