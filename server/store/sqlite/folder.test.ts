import { execFile } from 'node:child_process'
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, it } from 'vitest'
import { openSqlite } from './index.ts'
import { closedFolder, openFresh } from './testing/openFresh.ts'

it('refuses a folder that another Natter is using, in one sentence, and opens it once that one has closed', async () => {
  const { dir, reopen } = await openFresh()
  const sentence = `Another Natter is already using ${dir}.`
  await expect(openSqlite({ dir })).rejects.toThrow(new Error(sentence))
  const other = `import { openSqlite } from ${JSON.stringify(new URL('./index.ts', import.meta.url))}
    await openSqlite({ dir: ${JSON.stringify(dir)} }).catch((error) => console.log(error.message))`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', other])
  expect(stdout).toBe(`${sentence}\n`)
  await expect(reopen()).resolves.toHaveProperty('logId')
})

it.each([
  ['holds something else', (file: string) => writeFile(file, Buffer.alloc(5_000, 'nonsense '))],
  ['is a folder', (file: string) => mkdir(file)],
  ['cannot be made', (file: string) => symlink('/nowhere/at/all', file)],
])('speaks of no other Natter when the lock %s, but of what can be done', async (_, put) => {
  const { dir, reopen } = await closedFolder()
  const file = path.join(dir, 'natter.lock')
  await rm(file)
  await put(file)
  await expect(openSqlite({ dir })).rejects.toThrow(
    /^\S+natter\.lock cannot be locked \([^\n]+\)\. [^\n]+ remove it\.$/,
  )
  await rm(file, { recursive: true })
  await expect(reopen()).resolves.toHaveProperty('logId')
})
