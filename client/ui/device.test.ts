import { expect, it } from 'vitest'
import { deviceOf } from './device.ts'

it('names a browser and its system as far as it says who it is', () => {
  const named = (agent: string) => Object.values(deviceOf(agent)).join(' on ')
  expect(named('Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0')).toBe(
    'Firefox on Windows',
  )
  expect(
    named('Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Safari/604.1'),
  ).toBe('Safari on iOS')
  expect(named('Mozilla/5.0 (Linux; Android 16) AppleWebKit/537.36 Chrome/156.0 Mobile Safari/537.36')).toBe(
    'Chrome on Android',
  )
  expect(
    named('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/156.0 Safari/537.36 Edg/156.0'),
  ).toBe('Edge on macOS')
  expect(deviceOf('curl/8.5')).toEqual({ browser: '', system: '' })
})
