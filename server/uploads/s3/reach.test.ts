import { mkdtemp, readdir, rm } from 'node:fs/promises'
import type { IncomingMessage } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import { readConfig } from '../../config.ts'
import { startS3, type S3 } from '../testing/s3Server.ts'
import { keptBytes } from '../where.ts'

/** What is logged where this store is configured so. */
async function reachOf(s3: S3, more: Record<string, string> = {}) {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-reach-'))
  const config = readConfig({ ...s3.environment, ...more })
  const said: string[] = []
  const tell = (sentence: string, facts = {}) => void said.push(`${sentence} ${JSON.stringify(facts)}`)
  const log = { debug: tell, info: tell, warn: tell, error: tell }
  const bytes = keptBytes({ dir, config, log, placeId: 'place' })
  onTestFinished(async () => {
    bytes.close()
    await rm(dir, { recursive: true })
  })
  return { dir, bytes, said }
}

it('tries at its start whether the bucket can be written, read, listed and removed, and leaves nothing of it', async () => {
  const s3 = await startS3()
  const { dir, bytes, said } = await reachOf(s3)
  await bytes.mustBeThere()
  const [trial = ''] = s3.asked.map((asked) => asked.replace('PUT ', ''))
  expect(trial).toMatch(/^natter\/place\/-trial-\w+$/)
  expect(s3.asked).toEqual([`PUT ${trial}`, `GET ${trial}`, 'GET ', `DELETE ${trial}`])
  expect([said, bytes.trouble(), s3.objects.size, await readdir(dir)]).toEqual([[], null, 0, []])
})

it('is not disturbed by other nodes that try at the same time', async () => {
  const s3 = await startS3()
  const nodes = await Promise.all([reachOf(s3), reachOf(s3), reachOf(s3)])
  await Promise.all(nodes.map(({ bytes }) => bytes.mustBeThere()))
  const written = s3.asked.filter((asked) => asked.startsWith('PUT '))
  expect([written.length, new Set(written).size]).toEqual([3, 3])
  expect(nodes.flatMap(({ said }) => said)).toEqual([])
})

const mistakes: [string, Record<string, string>, RegExp][] = [
  ['another bucket', { S3_BUCKET: 'nobodys' }, /there is no bucket nobodys at http:\/\/127\.\S+ \(404 NoSuchBucket\)/],
  ['another region', { S3_REGION: 'us-east-1' }, /in another region.*S3_REGION.*\(400 AuthorizationHeaderMalformed\)/],
  ['a wrong key', { S3_ACCESS_KEY_ID: 'AKIAOTHER' }, /S3_ACCESS_KEY_ID or .* wrong \(403 InvalidAccessKeyId\)/],
  [
    'a wrong secret',
    { S3_SECRET_ACCESS_KEY: 'mistaken' },
    /S3_SECRET_ACCESS_KEY is wrong \(403 SignatureDoesNotMatch\)/,
  ],
]

it.each(mistakes)('says in one line what is wrong with %s, and no secret', async (_, environment, line) => {
  const s3 = await startS3()
  const { bytes, said } = await reachOf(s3, environment)
  await expect(bytes.mustBeThere()).rejects.toMatchObject({ code: 'storage_unavailable' })
  await expect(bytes.names()).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(said).toEqual([expect.stringMatching(/^files cannot be reached /)])
  expect(said[0]).toMatch(line)
  for (const secret of [s3.environment.S3_SECRET_ACCESS_KEY, 'mistaken']) expect(said[0]).not.toContain(secret)
})

it('says that nobody listens at the address, and when somebody does again', async () => {
  const s3 = await startS3()
  const { bytes, said } = await reachOf(s3)
  await s3.down()
  await expect(bytes.mustBeThere()).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(said[0]).toMatch(/nobody listens at http:\/\/127\S+ \(ECONNREFUSED\)/)
  await s3.up()
  bytes.start()
  await vi.waitFor(() => expect(said.slice(1)).toEqual(['files can be reached again {}']))
  expect(await bytes.names()).toEqual([])
})

it.each([
  ['list', (request: IncomingMessage) => request.url?.includes('list-type')],
  ['remove', (request: IncomingMessage) => request.method === 'DELETE'],
])('says what the key may not do, as to %s', async (_, isAsked) => {
  const s3 = await startS3()
  s3.goWrong((request, response) => {
    if (!isAsked(request)) return false
    response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
    return true
  })
  const { bytes, said } = await reachOf(s3)
  await expect(bytes.mustBeThere()).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(said[0]).toContain('the key may not write, read, list and remove in the bucket files (403 AccessDenied)')
})

it('takes trouble with one file for no more than that', async () => {
  const s3 = await startS3()
  const { bytes, said } = await reachOf(s3)
  s3.goWrong((request, response) => {
    if (!request.url?.endsWith('/odd')) return false
    response.writeHead(501).end()
    return true
  })
  await expect(bytes.read('odd')).rejects.toMatchObject({ code: 'storage_unavailable' })
  expect(await bytes.read('other')).toBeNull()
  expect([said, bytes.trouble()]).toEqual([['a file was not reached {"code":"501"}'], null])
})
