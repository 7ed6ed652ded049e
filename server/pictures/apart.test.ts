import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { z } from 'zod'
import { apart } from './apart.ts'

/** What comes of a process that does this. */
async function doing(code: string) {
  const dir = await mkdtemp(path.join(tmpdir(), 'natter-test-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  const program = path.join(dir, 'program.mjs')
  await writeFile(program, code)
  return apart(z.object({ width: z.int() }), program, [])
}

it('brings what it said, and nothing of what failed or said something else', async () => {
  expect(await doing('console.log(JSON.stringify({ width: 3 }))')).toEqual({ width: 3 })
  for (const code of ['process.exit(1)', 'console.log("wide")', 'process.kill(process.pid, "SIGSEGV")'])
    expect([code, await doing(code)]).toEqual([code, null])
})

it.each(['SIGTERM', 'SIGINT', 'SIGHUP'])('says nothing of a picture where %s ended everything', async (signal) => {
  const ended = doing(`process.kill(process.pid, '${signal}'); setTimeout(() => {}, 10_000)`)
  await expect(ended).rejects.toMatchObject({ code: 'restarting' })
})
