import { afterEach, expect, it, vi } from 'vitest'
import { readConfig } from '../config.ts'
import { createLimits } from './ratelimit.ts'

afterEach(() => void vi.useRealTimers())

it('lets nobody wait longer than the rule says, also when the clock was set back by an hour', async () => {
  vi.useFakeTimers()
  const limits = createLimits(readConfig({ LIMIT_MESSAGES: '1' }))
  await limits.take('messages', 'ann')
  vi.setSystemTime(Date.now() - 3_600_000)
  const refusal: unknown = await limits.take('messages', 'ann').catch((error: unknown) => error)
  expect(refusal).toMatchObject({ code: 'rate_limited', retryAfter: 10_000 })
  vi.advanceTimersByTime(10_000)
  await limits.take('messages', 'ann')
})
