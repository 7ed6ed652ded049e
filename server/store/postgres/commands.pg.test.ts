import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it, onTestFinished } from 'vitest'
import { makeDatabase } from '../../testing/database.ts'
import { startS3 } from '../../uploads/testing/s3Server.ts'
import { draftOf, inhabit } from '../contract/setting.ts'
import { openSqlite } from '../sqlite/index.ts'
import { openFresh as openFolder } from '../sqlite/testing/openFresh.ts'
import { openPostgres } from './index.ts'
import { openFresh } from './testing/openFresh.ts'

const root = path.join(import.meta.dirname, '../../..')

async function newFolder(): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-command-'))
  onTestFinished(() => rm(dir, { recursive: true }))
  return dir
}

/** As `npm run` starts it. Resolves to what it says, and rejects with what it complains of. */
async function run(command: string, named: readonly string[], environment: Record<string, string>): Promise<string> {
  const env = { PATH: process.env['PATH'], ...environment }
  const { stdout } = await promisify(execFile)(process.execPath, [`scripts/${command}.ts`, ...named], {
    cwd: root,
    env,
  })
  return stdout
}

it('moves a place into a database by command and back, and says so', async () => {
  const fresh = await openFolder()
  const { lobby, ann } = await inhabit(async () => fresh, 'ann')
  await fresh.store.messages.append(draftOf(lobby, ann, 'from the folder'))
  const { logId } = fresh.store
  await fresh.close()
  const { url, drop } = await makeDatabase()
  onTestFinished(drop)
  expect(await run('move', ['--to', url], { DATA_DIR: fresh.dir })).toContain('Start Natter with DATABASE_URL')
  const there = await openPostgres({ url })
  expect(there.logId).toBe(logId)
  await there.messages.append(draftOf(lobby, ann, 'from the database'))
  const back = path.join(await newFolder(), 'back')
  const moving = () => run('move', ['--to', back], { DATABASE_URL: url, DATA_DIR: fresh.dir })
  await expect(moving()).rejects.toMatchObject({ stderr: expect.stringContaining('A Natter is running') })
  await there.close()
  expect(await moving()).toContain(`DATA_DIR=${back}`)
  const again = await openSqlite({ dir: back })
  onTestFinished(() => again.close())
  const { messages } = await again.messages.list({ roomId: lobby, limit: 10 })
  expect(messages.map(({ body }) => body)).toEqual(['from the folder', 'from the database'])
})

it('moves the files of a place in a database to where that place looks for them', async () => {
  const { url, store, close } = await openFresh()
  const s3 = await startS3()
  const dir = await newFolder()
  await mkdir(path.join(dir, 'files'))
  await writeFile(path.join(dir, 'files', 'aaa'), 'bytes')
  const environment = { ...s3.environment, DATABASE_URL: url, DATA_DIR: dir }
  const move = (where: string) => run('move-files', [where], environment)
  await expect(move('to-bucket')).rejects.toMatchObject({ stderr: expect.stringContaining('A Natter is running') })
  await close()
  await move('to-bucket')
  expect([...s3.objects.keys()].filter((name) => name.endsWith('/aaa'))).toEqual([
    expect.stringContaining(`natter/${store.placeId}/aaa`),
  ])
  expect(existsSync(path.join(dir, 'natter.db'))).toBe(false)
  await move('to-folder')
  expect(await readdir(path.join(dir, 'files'))).toEqual(['aaa'])
})

it('moves no files of a folder that no Natter has', async () => {
  const s3 = await startS3()
  const dir = await newFolder()
  await expect(run('move-files', ['to-bucket'], { ...s3.environment, DATA_DIR: dir })).rejects.toMatchObject({
    stderr: expect.stringContaining('There is no Natter'),
  })
  expect(await readdir(dir)).toEqual([])
})

it('makes a backup beside where it is to be, not in a folder that may be small, and leaves nothing else', async () => {
  const { url, close } = await openFresh()
  onTestFinished(close)
  const dir = await newFolder()
  const small = await newFolder()
  const environment = { DATABASE_URL: url, DATA_DIR: dir }
  await rm(small, { recursive: true })
  // Where what passes would go there is nothing at all.
  await run('backup', [path.join(dir, 'copy')], { ...environment, TMPDIR: small })
  await mkdir(small)
  expect(await readdir(dir)).toEqual(['copy'])
  await expect(run('backup', [path.join(dir, 'nowhere', 'copy')], environment)).rejects.toMatchObject({
    stderr: expect.stringContaining('There is no folder'),
  })
})
