import { expect, it } from 'vitest'
import { alone } from '../cluster/cluster.ts'
import { createAttempts } from './attempts.ts'
import { createChallenges } from './challenges.ts'
import { isCommon } from './commonPasswords.ts'
import { createPasswords } from './passwords.ts'

it('makes strangers wait longer with each wrong try, an address later than a name, and forgets within hours', () => {
  let now = 0
  const { begin } = createAttempts({ now: () => now })
  const waitFor = (...names: string[]) => {
    try {
      begin(...names.map((who) => ({ kind: 'name' as const, who })), { kind: 'address', who: 'here' })()
      return 0
    } catch (error) {
      return error instanceof Error && 'retryAfter' in error ? error.retryAfter : error
    }
  }
  const miss = (who: string) => void begin({ kind: 'name', who }, { kind: 'address', who: 'here' })
  for (let i = 0; i < 5; i++) miss('ann')
  expect(waitFor('ann')).toBe(1_000)
  expect(waitFor('bob')).toBe(0)
  now += 1_000
  expect(waitFor('ann')).toBe(0)
  const waits = Array.from({ length: 12 }, () => {
    miss('ann')
    const wait = Number(waitFor('ann'))
    now += wait
    return wait / 1_000
  })
  expect(waits).toEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900])
  expect(waitFor('bob')).toBe(0)
  for (let i = 0; i < 13; i++) miss(`name ${i}`)
  expect(waitFor('bob')).toBe(1_000)
  now += 60 * 60_000
  miss('ann')
  expect(waitFor('ann', 'bob')).toBe(0)
})

it('does not count what was right, and never makes anybody wait for a clock that was set back', () => {
  let now = 10_000_000
  const { begin } = createAttempts({ now: () => now })
  const source = { kind: 'name' as const, who: 'ann' }
  for (let i = 0; i < 50; i++) begin(source)()
  for (let i = 0; i < 5; i++) begin(source)
  now -= 5_000_000
  expect(() => begin(source)).toThrow('Go on in 1 s.')
})

it('takes a challenge once, for what and whom it was made, within five minutes', async () => {
  let now = 0
  const { make, take } = createChallenges(alone(), () => now)
  const made = await make('prove', 'session')
  expect(made).toMatch(/^[\w-]{43}$/)
  expect(await take(made, 'prove', 'session')).toBe(true)
  expect(await take(made, 'prove', 'session')).toBe(false)
  expect(await take(await make('prove', 'session'), 'prove', 'other')).toBe(false)
  expect(await take(await make('signIn'), 'prove')).toBe(false)
  expect(await take('never made', 'signIn')).toBe(false)
  const old = await make('signIn')
  now += 5 * 60_000
  expect(await take(old, 'signIn')).toBe(false)
})

it('keeps a bounded number of challenges, the newest', async () => {
  const { make, take } = createChallenges(alone())
  const first = await make('signIn')
  let last = ''
  for (let i = 0; i < 10_000; i++) last = await make('signIn')
  expect(await take(first, 'signIn')).toBe(false)
  expect(await take(last, 'signIn')).toBe(true)
})

it('knows what others would try first, and nothing that people think up', () => {
  for (const password of [
    'password12',
    'P@ssw0rd2026',
    '!!!welcome!!!',
    'abcabcabcabc',
    'qwertzuiop',
    '0987654321',
    'iloveyouiloveyou',
    'Natter2026!',
    'aabbaabbaabb',
    'anna1990123',
    'AnnaAnnaAnna',
  ])
    expect(isCommon(password, 'Anna'), password).toBe(true)
  for (const password of [
    'four words at least',
    'lamp river quiet toast',
    'x7-Kq9-pL2-mm',
    'Anna loves bicycles',
    'пароль из слов',
    '有一個很長的密碼在這裡',
  ])
    expect(isCommon(password, 'Anna'), password).toBe(false)
})

it('hashes few passwords at once, refuses a crowd of strangers, and lets those through who were here before', async () => {
  const { make, matches } = createPasswords()
  const kept = await make('four words at least')
  expect(kept).toMatch(/^argon2id:19456:2:1:[\w-]{22}:[\w-]{43}$/)
  const crowd = Promise.allSettled(Array.from({ length: 20 }, () => matches('wrong', kept, false)))
  const mine = await matches('four words at least', kept, true)
  expect(mine).toBe(true)
  const ends = Map.groupBy(await crowd, ({ status }) => status)
  expect(ends.get('fulfilled')).toHaveLength(8)
  expect(ends.get('rejected')?.[0]).toMatchObject({ reason: { code: 'rate_limited', retryAfter: 2_000 } })
  expect(await matches('four words at least', null, true)).toBe(false)
  // An accent that is one character or two is the same to who types it.
  expect(await matches('cafe\u0301 au lait', await make('café au lait'), true)).toBe(true)
}, 60_000)
