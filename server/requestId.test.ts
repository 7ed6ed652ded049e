import { expect, it, vi } from 'vitest'
import type { Log } from './log.ts'
import { startServer } from './testing/startServer.ts'

type Line = { level: string; sentence: string } & Record<string, unknown>

async function startLogged(environment: Record<string, string> = {}) {
  const lines: Line[] = []
  const at = (level: string) => (sentence: string, facts?: Record<string, unknown>) =>
    void lines.push({ level, sentence, ...facts })
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  const server = await startServer(environment, { log })
  return { ...server, lines, failed: () => lines.filter(({ sentence }) => sentence === 'request failed') }
}

const idIn = (sentence: string) => /called (\w{10})\.$/.exec(sentence)?.[1]

it('names a mistake of its own to whoever ran into it as the log names it, with connection and person', async () => {
  const { connect, store, failed, lines } = await startLogged()
  const ann = await connect('Ann')
  vi.spyOn(store.search, 'find').mockRejectedValue(new Error('broken'))
  const asked = { query: 'plums', limit: 10 }
  const answers = [await ann.request('search:messages', asked), await ann.request('search:messages', asked)]
  const ids = answers.map((answer) => (answer.ok ? undefined : idIn(answer.error.message)))
  expect(new Set(ids).size).toBe(2)
  const facts = {
    request: 'search:messages',
    personId: ann.hello.me.id,
    socketId: ann.socket.id,
    error: 'Error: broken',
  }
  expect(failed()).toEqual(
    ids.map((requestId) => ({ level: 'error', sentence: 'request failed', requestId, ...facts })),
  )
  expect(JSON.stringify(lines)).not.toContain('plums')
  // A refusal is no mistake.
  await ann.request('message:list', { roomId: 'nowhere', limit: 10 })
  expect(failed()).toHaveLength(2)
})

it('names every request over HTTP in its answer, and a mistake of its own as the log names it', async () => {
  const { url, store, failed } = await startLogged()
  const idOf = (response: Response) => response.headers.get('x-request-id')
  const fine = await Promise.all([fetch(`${url}/healthz`), fetch(`${url}/nothing`), fetch(`${url}/api/nothing`)])
  expect(new Set(fine.map(idOf)).size).toBe(3)
  vi.spyOn(store.sessions, 'find').mockRejectedValue(new Error('broken'))
  const response = await fetch(`${url}/api/me/picture`, {
    method: 'DELETE',
    headers: { Cookie: 'natter=x', Origin: url },
  })
  expect(response.status).toBe(500)
  const { error } = (await response.json()) as { error: { message: string } }
  const requestId = idOf(response)
  expect(requestId).toMatch(/^\w{10}$/)
  expect(idIn(error.message)).toBe(requestId)
  expect(failed()).toEqual([
    {
      level: 'error',
      sentence: 'request failed',
      requestId,
      method: 'DELETE',
      path: '/api/me/picture',
      error: 'Error: broken',
    },
  ])
})

it('goes on with the name that its own proxy has given to a request, and with nobody else’s', async () => {
  const ask = async (environment: Record<string, string>, id: string) => {
    const { url } = await startLogged(environment)
    return (await fetch(`${url}/healthz`, { headers: { 'X-Request-Id': id } })).headers.get('x-request-id')
  }
  expect(await ask({ TRUST_PROXY: 'loopback' }, 'edge-4f3a2b')).toBe('edge-4f3a2b')
  expect(await ask({ TRUST_PROXY: 'loopback' }, 'x y')).toMatch(/^\w{10}$/)
  expect(await ask({ TRUST_PROXY: 'loopback' }, 'x'.repeat(100))).toMatch(/^\w{10}$/)
  expect(await ask({}, 'edge-4f3a2b')).toMatch(/^\w{10}$/)
})

it('tells of every request over HTTP where it is to tell everything, but not what was asked for in it', async () => {
  const { url, lines } = await startLogged({ LOG_LEVEL: 'debug' })
  const response = await fetch(`${url}/api/nothing?token=secret`)
  await vi.waitFor(() => expect(lines.filter(({ sentence }) => sentence === 'answered')).toHaveLength(1))
  expect(lines.find(({ sentence }) => sentence === 'answered')).toEqual({
    level: 'debug',
    sentence: 'answered',
    requestId: response.headers.get('x-request-id'),
    method: 'GET',
    path: '/api/nothing',
    status: 404,
    ms: expect.any(Number),
  })
  expect(JSON.stringify(lines)).not.toContain('secret')
})
