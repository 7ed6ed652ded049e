import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { connect as connectTo, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { setTimeout as after } from 'node:timers/promises'
import { createServer as createSecureServer } from 'node:tls'
import { expect } from '@playwright/test'
import { selfSigned } from '../support/certificate.ts'
import { connect } from '../support/client.ts'
import { run } from '../support/run.ts'
import { startNatter, type Natter } from '../support/server.ts'
import { test } from '../support/test.ts'

const proveWith = (environment: Record<string, string>, ...args: string[]) =>
  run([process.execPath, 'e2e/durability/prove.ts', ...args], environment)
const prove = (...args: string[]) => proveWith({}, ...args)
const figures = (output: string) => JSON.parse(/^\{.*\}$/m.exec(output)?.[0] ?? '{}') as Record<string, unknown>

/** While they talk. Each time after a pause in which messages get into every state; chance decides which. */
async function killAgainAndAgain(natter: Natter, times: number): Promise<void> {
  for (let i = 0; i < times; i++) {
    await after(1_000 + Math.random() * 1_000)
    await natter.kill('SIGKILL')
    await natter.restart()
  }
}

/** What a check left in its room. */
async function leftIn(natter: Natter, room: unknown) {
  const reader = await connect(natter.url, 'Reader')
  const { rooms } = await reader.ask('room:list', { query: String(room) })
  const [found] = rooms
  const page = await reader.ask('message:list', { roomId: found?.room.id ?? '', limit: 100 })
  reader.close()
  const texts = page.messages.map(({ body }) => body).filter(Boolean)
  return { members: found?.members, texts, messages: page.head.seq }
}

function patch(project: string, file: string, from: string, to: string): void {
  const whole = path.join(project, file)
  const text = readFileSync(whole, 'utf8')
  expect(text).toContain(from)
  writeFileSync(whole, text.replace(from, to))
}

test('a Natter that is killed again and again while it is checked passes, and is left as it was', async ({
  natter,
}) => {
  test.setTimeout(180_000)
  const check = prove(natter.url, '--seconds', '10', '--people', '3', '--json')
  await check.says(/(they talk)/)
  await killAgainAndAgain(natter, 3)
  const code = await check.ended
  const found = figures(check.output())
  console.log(JSON.stringify(found))
  expect(found).toMatchObject({ lost: 0, early: 0, doubled: 0, outOfOrder: 0, missing: 0, restless: 0, leftBehind: 0 })
  expect(code).toBe(0)
  expect(found['acked']).toBe(found['sent'])
  expect(found['acked']).toBeGreaterThan(5)
  expect(await leftIn(natter, found['room'])).toEqual({ members: 0, texts: [], messages: found['stored'] })
})

test('a Natter that answers before it commits is found out', async ({ project }) => {
  test.setTimeout(240_000)
  // Messages are committed when there is time, at most every four seconds: a blow that comes just after a commit finds little.
  patch(
    project,
    'server/store/sql/committing.ts',
    `    const { results, commit, hasWritten, logged } = inOneTransaction(database, () => {\n`,
    `      const isUrgent = commands.some(({ operation }) => operation !== 'messages.append')
      const lazy: typeof database = {
        ...database,
        exec(sql) {
          if (sql === 'COMMIT' && !isUrgent && Date.now() < committed + 4_000) return
          database.exec(sql)
          if (sql === 'COMMIT') committed = Date.now()
        },
      }
      const { results, commit, hasWritten, logged } = inOneTransaction(lazy, () => {\n`,
  )
  patch(
    project,
    'server/store/sql/committing.ts',
    'export function createCommitting',
    'let committed = 0\nexport function createCommitting',
  )
  patch(
    project,
    'server/store/sqlite/database.ts',
    'exec: (sql) => sqlite.exec(sql)',
    `exec: (sql) => void (sql === 'BEGIN IMMEDIATE' && sqlite.isTransaction ? 0 : sqlite.exec(sql))`,
  )
  const natter = await startNatter({}, { root: project })
  const check = prove(natter.url, '--seconds', '15', '--people', '3', '--json')
  await check.says(/(they talk)/)
  await killAgainAndAgain(natter, 5)
  const code = await check.ended
  await natter.stop()
  const found = figures(check.output())
  console.log(JSON.stringify(found))
  expect(found['lost']).toBeGreaterThan(0)
  expect(found['early']).toBeGreaterThan(0)
  expect(code).toBe(1)
})

test('behind https it is checked by its own name and certificate, and refused where nobody vouches for that', async () => {
  test.setTimeout(120_000)
  const dir = mkdtempSync(path.join(tmpdir(), 'natter-certificate-'))
  const authority = path.join(dir, 'certificate.pem')
  const certificate = selfSigned()
  writeFileSync(authority, certificate.cert)
  const names = new Set<unknown>()
  const proxy = createSecureServer(certificate, (near) => {
    names.add('servername' in near && near.servername)
    const far = connectTo(Number(new URL(natter.url).port), '127.0.0.1')
    pipeline(near, far, near, () => {})
  }).listen(0, 'localhost')
  await once(proxy, 'listening')
  const url = `https://localhost:${(proxy.address() as AddressInfo).port}`
  const natter = await startNatter({ ORIGIN: url, JOIN: 'open' })

  const wary = prove(url)
  expect(await wary.ended).toBe(2)
  expect(wary.output()).toMatch(/^The certificate of https:\S+ is not trusted here \(DEPTH_ZERO_SELF_SIGNED_CERT\)\./)

  const check = proveWith({ NODE_EXTRA_CA_CERTS: authority }, url, '--seconds', '5', '--people', '2', '--json')
  expect(await check.ended).toBe(0)
  expect(figures(check.output())).toMatchObject({ lost: 0, missing: 0, restless: 0, leftBehind: 0 })
  expect([...names]).toEqual(['localhost'])
  await natter.stop()
  proxy.close()
  rmSync(dir, { recursive: true })
})

test('ended with Ctrl-C it cleans up all the same', async ({ natter }) => {
  test.setTimeout(120_000)
  const check = prove(natter.url, '--seconds', '600', '--people', '2', '--json')
  await check.says(/(they talk)/)
  const reader = await connect(natter.url, 'Witness')
  const { rooms } = await reader.ask('room:list', { query: 'Check' })
  const roomId = rooms[0]?.room.id ?? ''
  await expect
    .poll(async () => (await reader.ask('message:list', { roomId })).head.seq, { timeout: 30_000 })
    .toBeGreaterThan(3)
  reader.close()
  check.signal('SIGINT')
  expect(await check.ended).toBe(0)
  const found = figures(check.output())
  expect(found['lost']).toBe(0)
  expect(await leftIn(natter, found['room'])).toMatchObject({ members: 0, texts: [] })
})

test.describe('says in one sentence why it cannot be tried', () => {
  const said = async (...args: string[]) => {
    const check = prove(...args)
    expect(await check.ended).toBe(2)
    return check.output().trim().split('\n').at(-1)
  }

  test('without an address, or with something else', async () => {
    expect(await said()).toBe('Which Natter? npm run prove -- http://localhost:3000')
    expect(await said('ftp://localhost')).toBe('"ftp://localhost" is not an address such as http://localhost:3000.')
    expect(await said('localhost', '--people', '50')).toBe('--people 50: a whole number from 2 to 8 is needed.')
  })

  test('where another program answers, or none', async () => {
    const other = createServer((_, response) => response.end('<h1>Hello</h1>')).listen(0, '127.0.0.1')
    await once(other, 'listening')
    const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`
    expect(await said(`${url}/r/lobby`)).toBe(`There is no Natter at ${url}.`)
    other.close()
    expect(await said(url)).toBe(`Nobody answers at ${url} (ECONNREFUSED).`)
  })

  test('where nobody new may come in', async () => {
    const natter = await startNatter({ JOIN: 'closed' })
    expect(await said(natter.url)).toMatch(/^This place is closed to newcomers/)
    await natter.stop()
  })

  test('where another protocol is spoken', async ({ project }) => {
    patch(project, 'protocol/limits.ts', 'PROTOCOL_VERSION = 1', 'PROTOCOL_VERSION = 2')
    const next = await startNatter({}, { root: project })
    expect(await said(next.url)).toMatch(/speaks protocol 2, and this check 1\. Take the one that came with it\.$/)
    await next.stop()
    patch(project, 'protocol/limits.ts', 'PROTOCOL_VERSION = 2', 'PROTOCOL_VERSION = 99')
    const later = await startNatter({}, { root: project })
    expect(await said(later.url)).toMatch(
      /speaks a newer protocol than this check, which speaks 1\. Take the one [^.]+\.$/,
    )
    await later.stop()
  })
})
