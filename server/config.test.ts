import { expect, it } from 'vitest'
import { readConfig } from './config.ts'

it('starts with nothing set', () => {
  expect(readConfig({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: './data',
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

it('takes a provider of single sign-on by https, or on this machine, and with the name that Natter has there', () => {
  const OIDC_CLIENT_ID = 'natter'
  for (const OIDC_ISSUER of ['https://id.example.org/realms/fernhill', 'http://127.0.0.1:9000', 'http://[::1]:9000'])
    expect(readConfig({ OIDC_ISSUER, OIDC_CLIENT_ID }).OIDC_ISSUER).toBe(OIDC_ISSUER)
  for (const OIDC_ISSUER of ['http://id.example.org', 'id.example.org', 'javascript:alert(1)'])
    expect(() => readConfig({ OIDC_ISSUER, OIDC_CLIENT_ID })).toThrow(/OIDC_ISSUER: ".*" is not an address/)
  for (const half of [{ OIDC_CLIENT_ID }, { OIDC_ISSUER: 'https://id.example.org' }])
    expect(() => readConfig(half)).toThrow('OIDC_CLIENT_ID: belongs to OIDC_ISSUER')
})

it('takes no token for its numbers that somebody could guess, and tells none', () => {
  expect(readConfig({}).METRICS_TOKEN).toBeUndefined()
  expect(readConfig({ METRICS_TOKEN: '' }).METRICS_TOKEN).toBeUndefined()
  expect(readConfig({ METRICS_TOKEN: 'x'.repeat(20) }).METRICS_TOKEN).toBe('x'.repeat(20))
  for (const METRICS_TOKEN of ['on', 'x'.repeat(19), `secret ${'x'.repeat(20)}`])
    expect(() => readConfig({ METRICS_TOKEN })).toThrow(/^(?![^]*(?:secret|xx))[^]*METRICS_TOKEN: has a space/)
})

it('takes a Redis, with or without what signs in there, and tells nothing of it that is wrong', () => {
  for (const REDIS_URL of ['redis://127.0.0.1', 'rediss://natter:s%2Fecret@redis.example.org:6380/2'])
    expect(readConfig({ REDIS_URL }).REDIS_URL).toBe(REDIS_URL)
  for (const REDIS_URL of ['redis.example.org:6379', 'https://:secret@redis.example.org', 'redis://:secret@redis/one'])
    expect(() => readConfig({ REDIS_URL })).toThrow(/^(?![^]*secret)[^]*REDIS_URL: is not an address such as redis:/)
})

it('takes a bucket with its keys, or none of it, and tells no key', () => {
  const keys = { S3_ACCESS_KEY_ID: 'AKIA', S3_SECRET_ACCESS_KEY: 'se/cr+et=' }
  const bucket = { S3_BUCKET: 'fernhill-files', ...keys }
  expect(readConfig({ ...bucket, S3_ENDPOINT: 'https://s3.example.org/' }).S3_ENDPOINT).toBe('https://s3.example.org')
  expect(readConfig(bucket)).toMatchObject({ ...bucket, S3_REGION: 'us-east-1' })
  for (const [one, missing] of [
    [{ S3_BUCKET: 'fernhill-files' }, 'S3_ACCESS_KEY_ID: belongs to S3_BUCKET'],
    [keys, 'S3_SECRET_ACCESS_KEY: belongs to S3_BUCKET'],
    [{ S3_ENDPOINT: 'https://s3.example.org' }, 'S3_ENDPOINT: belongs to S3_BUCKET'],
    [{ ...bucket, S3_ENDPOINT: 's3.example.org' }, 'S3_ENDPOINT: is not an address'],
    [{ ...bucket, S3_BUCKET: 'Fernhill/files' }, 'S3_BUCKET: is not the name of a bucket'],
    [{ ...bucket, S3_REGION: 'a b' }, 'S3_REGION: is not a region'],
    [{ ...bucket, S3_PATH_STYLE: 'maybe' }, 'S3_PATH_STYLE'],
  ] as const)
    expect(() => readConfig(one)).toThrow(missing)
  for (const named of ['me:se cret', ':se cret']) {
    const wrong = { ...bucket, S3_ENDPOINT: `https://${named}@s3.example.org`, S3_SECRET_ACCESS_KEY: 'se cret' }
    expect(() => readConfig(wrong)).toThrow(
      /^(?![^]*se cret)[^]*S3_ENDPOINT: is not[^]*S3_SECRET_ACCESS_KEY: has a space/,
    )
  }
})

it('takes the address of a database, and tells nothing of one that is none', () => {
  const url = 'postgres://natter:secret@db.example.org:5432/natter'
  expect(readConfig({ DATABASE_URL: url }).DATABASE_URL).toBe(url)
  for (const DATABASE_URL of ['mysql://natter:secret@db/natter', 'postgres://secret@db', 'secret'])
    expect(() => readConfig({ DATABASE_URL })).toThrow(/^(?![^]*secret)[^]*DATABASE_URL: is not an address such as/)
})
