import { expect, it, onTestFinished, vi } from 'vitest'
import { startProvider } from '../../e2e/support/provider.ts'
import { OTHER, PASSWORD, signIn } from '../testing/accounts.ts'
import { createAuthenticator } from '../testing/authenticator.ts'
import { startBalancer } from '../testing/balancer.ts'
import { startNodes } from '../testing/startNodes.ts'
import { Visit } from '../testing/visit.ts'

/** Two nodes behind one address, which sends each request to the other one in turn. */
async function startBehind(environment: Record<string, string> = {}) {
  const balancer = await startBalancer()
  const nodes = await startNodes({ ORIGIN: balancer.url, JOIN: 'open', ...environment })
  balancer.serve([nodes.one.url, nodes.two.url])
  return { ...nodes, balancer }
}

it('signs somebody in by a passkey whose question another node has asked, once', async () => {
  const { one, balancer } = await startBehind()
  const [home, away] = [new Visit(), new Visit()]
  await home.ask(`${balancer.url}/api/people`, { name: 'Ann' })
  const ann = await one.connectAs(home.cookie(balancer.url), { Origin: balancer.url })
  const device = createAuthenticator(balancer.url)
  const { options } = await ann.ask('account:passkeyOptions', {})
  await ann.ask('account:passkey', { made: device.make(options) })

  for (let round = 0; round < 4; round++) {
    const asked = await (await away.ask(`${balancer.url}/api/account/passkey-options`, {})).json()
    const passkey = device.use(asked)
    const back = await away.ask(`${balancer.url}/api/account/passkey`, { passkey })
    expect(await back.json()).toEqual(ann.hello.me)
    for (let node = 0; node < 2; node++)
      expect((await away.ask(`${balancer.url}/api/account/passkey`, { passkey })).status).toBe(401)
  }
})

it('lets in whom a provider sends back to another node', async () => {
  const provider = await startProvider()
  onTestFinished(() => void provider.stop())
  const { balancer } = await startBehind(provider.environment)
  provider.serve(balancer.url)
  provider.become({ subject: 'maya', name: 'Maya' })
  for (const status of [201, 200, 200]) {
    const visit = new Visit()
    const { url } = await (await visit.ask(`${balancer.url}/api/sso`, {})).json()
    const query = await visit.through(url)
    expect((await visit.ask(`${balancer.url}/api/sso/finish`, { query })).status).toBe(status)
    expect((await visit.ask(`${balancer.url}/api/sso/finish`, { query })).status).toBe(401)
  }
})

it('makes whoever guesses wait on all nodes, and nobody for what was right', async () => {
  const { one, two } = await startNodes()
  const ann = await one.connect('Ann')
  await ann.ask('account:password', { password: PASSWORD })
  // More often than anybody may be wrong.
  for (const node of [one, two]) for (let i = 0; i < 6; i++) expect((await signIn(node, 'Ann')).status).toBe(200)
  const guess = async (node: typeof one) => (await signIn(node, 'Nobody', OTHER)).status
  for (let i = 0; i < 5; i++) expect(await guess(one)).toBe(401)
  let tries = 0
  await vi.waitFor(async () => expect([await guess(two), ++tries][0]).toBe(429), { interval: 200, timeout: 5_000 })
  expect(tries, 'fewer than one node lets through').toBeLessThanOrEqual(5)
  expect((await signIn(two, 'Ann')).status).toBe(200)
})

it.each(['SIGKILL', 'SIGSTOP'] as const)('signs in on the node that asked after %s of Redis', async (signal) => {
  const { redis, one, two } = await startNodes({ HOST: 'localhost' })
  const ann = await one.connect('Ann')
  const device = createAuthenticator(one.url)
  const { options } = await ann.ask('account:passkeyOptions', {})
  await ann.ask('account:passkey', { made: device.make(options) })
  await redis.kill(signal)
  const since = performance.now()
  const asked = await (await one.post('/api/account/passkey-options', {})).json()
  expect(performance.now() - since, 'nobody waits for long').toBeLessThan(2_000)
  const passkey = device.use(asked)
  expect((await two.post('/api/account/passkey', { passkey })).status).toBe(401)
  expect((await one.post('/api/account/passkey', { passkey })).status).toBe(200)
})
