import { compile } from 'proxy-addr'
import { z } from 'zod'
import { isLocal } from './socket/origin.ts'

const count = (fallback: number, most = 1_000_000) =>
  z
    .string()
    .transform((text, ctx) => {
      const number = Number(text)
      if (Number.isInteger(number) && number >= 0 && number <= most) return number
      ctx.addIssue({ code: 'custom', message: `"${text}" is not a whole number from 0 to ${most}` })
      return z.NEVER
    })
    .default(fallback)

/** `http://localhost:3000/` and `http://localhost:3000` name the same origin. */
const Origins = z.string().transform((text, ctx) => {
  const origins: string[] = []
  for (const part of text.split(',').map((word) => word.trim())) {
    if (!part) continue
    const url = URL.parse(part)
    if (url?.protocol === 'http:' || url?.protocol === 'https:') origins.push(url.origin)
    else ctx.addIssue({ code: 'custom', message: `"${part}" is not an address such as https://chat.example.org` })
  }
  return origins
})

/** Whether to believe what the i-th proxy, counted from here, says of where a request comes from. */
export type Trust = (address: string, i: number) => boolean

/** false, true (one proxy), how many proxies there are, or their addresses: as Express calls "trust proxy". */
const Proxies = z.string().transform((text, ctx): Trust => {
  const count = { false: 0, true: 1 }[text] ?? (/^\d+$/.test(text) ? Number(text) : null)
  if (count !== null) return (_, i) => i < count
  try {
    return compile(text.split(',').map((word) => word.trim()))
  } catch {
    ctx.addIssue({
      code: 'custom',
      message: `"${text}" is neither true or false, nor a number, nor addresses of proxies`,
    })
    return z.NEVER
  }
})

/** Where people are known who sign in with a provider (single sign-on). */
const Issuer = z.string().transform((text, ctx) => {
  const url = URL.parse(text)
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLocal(url.hostname.replace(/^\[|\]$/g, ''))))
    return text
  ctx.addIssue({ code: 'custom', message: `"${text}" is not an address such as https://id.example.org` })
  return z.NEVER
})

/** Where a store of files answers that speaks as Amazon S3 does. Without a slash at its end. */
const Endpoint = z.string().transform((text, ctx) => {
  const url = URL.parse(text)
  if (url && /^https?:$/.test(url.protocol) && !url.username && !url.password && !url.search && !url.hash)
    return url.href.replace(/\/+$/, '')
  // Not as it was written: there may be a password in it.
  ctx.addIssue({ code: 'custom', message: 'is not an address such as https://s3.example.org' })
  return z.NEVER
})

/** Where PostgreSQL answers, with what signs in there, and which database. Nothing of it is told: there may be a password in it. */
const Postgres = z.string().transform((text, ctx) => {
  const url = URL.parse(text)
  if (url && /^postgres(ql)?:$/.test(url.protocol) && /^\/[^/]+$/.test(url.pathname)) return text
  ctx.addIssue({
    code: 'custom',
    message: 'is not an address such as postgres://natter:password@db.example.org:5432/natter',
  })
  return z.NEVER
})

/** Where Redis answers, with what signs in there. Nothing of it is told: there may be a password in it. */
const Redis = z.string().transform((text, ctx) => {
  const url = URL.parse(text)
  if (url && /^rediss?:$/.test(url.protocol) && url.hostname && /^(?:\/\d*)?$/.test(url.pathname)) return text
  ctx.addIssue({ code: 'custom', message: 'is not an address such as redis://:password@redis.example.org:6379' })
  return z.NEVER
})

const Bucket = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
    'is not the name of a bucket: lower-case letters, digits, dots and hyphens',
  )

/** Of which nothing is told, whatever is wrong with it. */
const Key = z.string().regex(/^[!-~]+$/, 'has a space in it, or what is no letter, digit or sign')

/** Long enough that nobody guesses it. Of this one nothing is told either. */
const Token = z.string().regex(/^[!-~]{20,}$/, 'has a space in it, or less than 20 letters, digits and signs')

const Environment = z.object({
  PORT: count(3000, 65_535),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  /** Decided by the place's owners where it is not set. */
  JOIN: z.enum(['open', 'invite', 'closed']).optional(),
  ORIGIN: Origins.default([]),
  /** Beside the push services of the browsers. */
  PUSH_HOSTS: Origins.default([]),
  TRUST_PROXY: Proxies.prefault('false'),
  /** As the provider calls itself in `iss`. */
  OIDC_ISSUER: Issuer.optional(),
  OIDC_CLIENT_ID: z.string().optional(),
  /** None for a client that keeps no secret. */
  OIDC_CLIENT_SECRET: z.string().optional(),
  /** What people call the provider; its host, unless given. */
  OIDC_NAME: z.string().max(48).optional(),
  /** Who may come in by it who is new here; as JOIN, unless given. */
  OIDC_JOIN: z.enum(['open', 'invite', 'closed']).optional(),
  /** Whether rooms may have pages asked that their messages link to. */
  LINK_PREVIEWS: z.enum(['on', 'off']).default('on'),
  /** Files lie in the data folder where it is not set. */
  S3_BUCKET: Bucket.optional(),
  /** Amazon's own where it is not set. */
  S3_ENDPOINT: Endpoint.optional(),
  S3_REGION: z
    .string()
    .regex(/^[\w-]{1,60}$/, 'is not a region such as eu-central-1')
    .default('us-east-1'),
  S3_ACCESS_KEY_ID: Key.optional(),
  S3_SECRET_ACCESS_KEY: Key.optional(),
  /** Whether the bucket is named behind the address (on), or before it (off). On with S3_ENDPOINT, unless given. */
  S3_PATH_STYLE: z.enum(['on', 'off']).optional(),
  /** Everything but files lies in the data folder where it is not set. */
  DATABASE_URL: Postgres.optional(),
  /** By which the nodes of one community tell one another what passes. There is one node where it is not set. */
  REDIS_URL: Redis.optional(),
  /** Who knows it may read /metrics, which is there for nobody where it is not set. */
  METRICS_TOKEN: Token.optional(),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  TUTORIAL_CLIENTS: z.enum(['on', 'off']).default('on'),
  /** Milliseconds after the last connection of a person before they count as gone. */
  GRACE_MS: count(30_000),
  /** Milliseconds after a message before those who have not read it are told elsewhere: a quick answer spares it. */
  PUSH_AFTER_MS: count(5_000),
  /** Per person and 10 seconds. */
  LIMIT_MESSAGES: count(60),
  /** Per person and minute: rooms made, of two people too. */
  LIMIT_ROOMS: count(20),
  /** Per person, or address of who is not signed in, and 10 seconds: everything else they ask. */
  LIMIT_REQUESTS: count(600),
  /** Of one file, of all files of one person, and of all files, in MB. */
  LIMIT_FILE_MB: count(25, 10_000),
  LIMIT_FILES_MB: count(2_000),
  LIMIT_ALL_FILES_MB: count(20_000),
  /** So much of the disk is left for messages: files are refused before. */
  KEEP_FREE_MB: count(500),
  /** Per address and minute: new people, and browsers that set out to sign in by a link or a provider. */
  LIMIT_JOINS: count(30),
})

const Checked = Environment.superRefine((one, ctx) => {
  const belongs = (name: keyof typeof one, to: keyof typeof one) =>
    ctx.addIssue({ code: 'custom', path: [name], message: `belongs to ${to}: set both, or neither` })
  if ((one.OIDC_ISSUER === undefined) !== (one.OIDC_CLIENT_ID === undefined)) belongs('OIDC_CLIENT_ID', 'OIDC_ISSUER')
  const hasBucket = one.S3_BUCKET !== undefined
  for (const name of ['S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'] as const)
    if ((one[name] !== undefined) !== hasBucket) belongs(name, 'S3_BUCKET')
  for (const name of ['S3_ENDPOINT', 'S3_PATH_STYLE'] as const)
    if (one[name] !== undefined && !hasBucket) belongs(name, 'S3_BUCKET')
})

export type Config = z.output<typeof Environment>

/** Reads the configuration. Throws an Error with one line per mistake, in the words of the README's table. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Checked.safeParse(filled)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
  throw new Error(`The configuration has mistakes:\n${lines.join('\n')}`)
}
