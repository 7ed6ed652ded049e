import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

it('starts with nothing set', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: './data',
    JOIN: 'open',
    ORIGIN: [],
    TRUST_PROXY: false,
  })
})

it('takes an empty variable as one that is not set', () => {
  expect(readConfig({ PORT: '' }).PORT).toBe(3000)
})

it('names every mistake', () => {
  expect(() => readConfig({ PORT: 'http', ORIGIN: 'chat.example', JOIN: 'maybe' })).toThrow(
    /PORT: .*\n.*JOIN: .*\n.*ORIGIN: "chat.example" is not an address/s,
  )
})

it('reads origins as origins', () => {
  expect(readConfig({ ORIGIN: 'https://chat.example.org/, http://localhost:3000' }).ORIGIN).toEqual([
    'https://chat.example.org',
    'http://localhost:3000',
  ])
})
