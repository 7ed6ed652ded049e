import { statSync } from 'node:fs'
import path from 'node:path'
import { expect } from '@playwright/test'
import { box, message, write } from './support/page.ts'
import { run } from './support/run.ts'
import { startNatter, ways } from './support/server.ts'
import { test } from './support/test.ts'

const get = async (url: string) => {
  const response = await fetch(url)
  return [response.status, await response.json()]
}
const linesOf = (output: string) => output.trimEnd().split('\n')

/** Starts a server that is expected to end by itself. */
async function startInVain(environment: Record<string, string>) {
  const server = run(ways.server.command, environment)
  return { code: await server.ended, lines: linesOf(server.output()) }
}

test('starts on an empty folder, names its address in one line, and tells that it is alive, ready and how durable', async ({
  natter,
}) => {
  expect(linesOf(natter.output())).toEqual([`Natter is at ${natter.url} and keeps everything in ${natter.dir}`])
  expect(await get(`${natter.url}/healthz`)).toEqual([200, { alive: true }])
  expect(await get(`${natter.url}/readyz`)).toEqual([
    200,
    { ready: true, durability: expect.stringMatching(/WAL, synchronous=FULL/) },
  ])
})

test('names every mistake in the configuration, and does not start', async ({}, info) => {
  const DATA_DIR = info.outputPath('data')
  const { code, lines } = await startInVain({ DATA_DIR, PORT: 'http', JOIN: 'maybe' })
  expect(lines).toEqual([
    'The configuration has mistakes:',
    '  PORT: "http" is not a whole number from 0 to 65535',
    expect.stringMatching(/^ {2}JOIN: \w.*open.*closed/),
  ])
  expect(code).toBe(1)
})

test('leaves a data folder to the server that has it', async ({ natter }) => {
  const { code, lines } = await startInVain({ DATA_DIR: natter.dir, PORT: '0' })
  expect(lines).toEqual([`Another Natter is already using ${natter.dir}.`])
  expect(code).toBe(1)
  expect(await get(`${natter.url}/readyz`)).toMatchObject([200, { ready: true }])
})

test('leaves a port to whoever has it', async ({ natter }, info) => {
  const { port } = new URL(natter.url)
  const { code, lines } = await startInVain({ DATA_DIR: info.outputPath('data'), PORT: port })
  expect(lines).toEqual([`Port ${port} of 127.0.0.1 is taken by another program: end that one, or set another PORT.`])
  expect(code).toBe(1)
  expect(await get(`${natter.url}/readyz`)).toMatchObject([200, { ready: true }])
})

test('ends in order when it is asked to, and has every word after the next start', async ({ natter, person }) => {
  const ann = await person('Ann')
  await write(ann, 'The key is under the mat.')
  await expect(message(ann, 'The key is under the mat.')).toHaveCount(1)
  await ann.close()
  expect(await natter.kill('SIGTERM')).toBe(0)

  await natter.restart()
  const later = await ann.context().newPage()
  await later.goto(natter.url)
  await expect(message(later, 'The key is under the mat.')).toHaveCount(1)
})

test.describe(() => {
  test.use({ environment: { LOG_LEVEL: 'debug' } })

  test('logs who comes and goes, one JSON object a line, and never what is written or a token', async ({
    natter,
    person,
  }) => {
    const [ann, bob] = [await person('Ann'), await person('Bob')]
    await write(ann, 'canary in a message')
    await expect(message(bob, 'canary in a message')).toHaveCount(1)
    await box(ann).fill('canary in a draft')
    const cookies = await ann.context().cookies()
    const headers = { Cookie: cookies.map(({ name, value }) => `${name}=${value}`).join('; '), Origin: natter.url }
    const refused = await fetch(`${natter.url}/api/people`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/json' },
      body: '{ "name": canary in what cannot be read',
    })
    expect(refused.status).toBe(400)
    await ann.close()

    const log = () =>
      linesOf(natter.output())
        .slice(1)
        .map((line): Record<string, unknown> => JSON.parse(line))
    const told = (msg: string) => log().filter((line) => line['msg'] === msg)
    await expect.poll(() => told('disconnected')).toHaveLength(1)
    const [gone] = told('disconnected')
    expect(told('connected').map(({ personId }) => personId)).toContain(gone?.['personId'])
    expect(told('connected')).toHaveLength(2)
    expect(gone).toMatchObject({ level: 30, time: expect.any(String), reason: expect.any(String) })
    expect(natter.output()).not.toContain('canary')
    expect(cookies.length).toBeGreaterThan(0)
    for (const { value } of cookies) expect(natter.output()).not.toContain(value)
  })
})

test('npm start installs and builds what is missing, and nothing the second time', async ({ project }) => {
  test.setTimeout(120_000)
  const made = ['node_modules/.package-lock.json', 'dist/index.html']
  const times = () => made.map((file) => statSync(path.join(project, file)).mtimeMs)
  const natter = await startNatter({}, { way: ways.start, root: project })
  await natter.kill('SIGTERM')
  const [before, told] = [times(), natter.output().length]

  await natter.restart()
  expect(await get(`${natter.url}/readyz`)).toMatchObject([200, { ready: true }])
  expect(natter.output().slice(told)).not.toMatch(/npm ci|build/)
  expect(times()).toEqual(before)
  await natter.stop()
})
