import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { expect, it, onTestFinished } from 'vitest'
import { readConfig } from '../config.ts'
import { bytesOnDisk } from './bytes.ts'
import { moveFiles } from './moving.ts'
import { startS3 } from './testing/s3Server.ts'
import { bucketOf, bytesInBucket } from './where.ts'

it('moves every file to a bucket and back, going on where it was ended', async () => {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-moving-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  const s3 = await startS3()
  const bucket = bucketOf(readConfig(s3.environment))
  if (!bucket) throw new Error('It is configured.')
  const [near, far] = [bytesOnDisk(dir), bytesInBucket(bucket, 'place', new AbortController().signal)]
  const names = ['a', 'a.small', 'b', 'c', 'd']
  for (const name of names) await writeFile(path.join(dir, name), `in ${name}`)
  const told: string[] = []
  const scratch = path.join(dir, 'unfinished')
  const move = (from: typeof near, to: typeof near) =>
    moveFiles({ from, to, scratch, tell: (moved, all) => void told.push(`${moved}/${all}`) })

  let puts = 0
  s3.goWrong((request, response) => {
    if (request.method !== 'PUT' || ++puts <= 2) return false
    response.writeHead(403).end('<Error><Code>AccessDenied</Code></Error>')
    return true
  })
  await expect(move(near, far)).rejects.toMatchObject({ code: 'AccessDenied' })
  expect([(await near.names()).length, (await far.names()).length, told]).toEqual([3, 2, ['1/5', '2/5']])
  s3.goWrong()
  expect(await move(near, far)).toBe(3)
  expect([await near.names(), (await far.names()).toSorted(), await readdir(scratch)]).toEqual([[], names, []])

  expect(await move(far, near)).toBe(5)
  expect([(await near.names()).toSorted(), s3.objects.size]).toEqual([names, 0])
  const stream = await near.read('a.small')
  expect(stream && (await text(stream))).toBe('in a.small')
})
