import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

it('starts with nothing set', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: './data',
    JOIN: 'open',
    ORIGIN: [],
  })
})

it('takes an empty variable as one that is not set', () => {
  expect(readConfig({ PORT: '' }).PORT).toBe(3000)
})

it('names every mistake', () => {
  expect(() => readConfig({ PORT: 'http', ORIGIN: 'chat.example', JOIN: 'maybe' })).toThrow(
    /PORT: "http" is not a whole number from 0 to 65535\n.*JOIN: .*\n.*ORIGIN: "chat.example" is not an address/s,
  )
})

it('reads origins as origins', () => {
  expect(readConfig({ ORIGIN: 'https://chat.example.org/, http://localhost:3000' }).ORIGIN).toEqual([
    'https://chat.example.org',
    'http://localhost:3000',
  ])
})

it('believes the proxies it is told of, and no others', () => {
  const trusted = (text: string) => {
    const trust = readConfig({ TRUST_PROXY: text }).TRUST_PROXY
    return ['10.0.0.1', '192.0.2.1'].map((address, i) => trust(address, i))
  }
  expect(readConfig({}).TRUST_PROXY('127.0.0.1', 0)).toBe(false)
  expect(trusted('false')).toEqual([false, false])
  expect(trusted('true')).toEqual([true, false])
  expect(trusted('2')).toEqual([true, true])
  expect(trusted('loopback, 192.0.2.0/24')).toEqual([false, true])
  expect(() => readConfig({ TRUST_PROXY: 'my proxy' })).toThrow(/TRUST_PROXY: "my proxy" is neither/)
})
