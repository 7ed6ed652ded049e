import { compile } from 'proxy-addr'
import { z } from 'zod'

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

const Environment = z.object({
  PORT: count(3000, 65_535),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  JOIN: z.enum(['open', 'closed']).default('open'),
  ORIGIN: Origins.default([]),
  TRUST_PROXY: Proxies.prefault('false'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
  TUTORIAL_CLIENTS: z.enum(['on', 'off']).default('on'),
  /** Milliseconds after the last connection of a person before they count as gone. */
  GRACE_MS: count(30_000),
  /** Per person and 10 seconds. */
  LIMIT_MESSAGES: count(60),
  /** Per person and minute: rooms made, of two people too. */
  LIMIT_ROOMS: count(20),
  /** Per person and 10 seconds: everything else they ask. */
  LIMIT_REQUESTS: count(600),
  /** Per address and minute: new people. */
  LIMIT_JOINS: count(30),
})

export type Config = z.output<typeof Environment>

/** Reads the configuration. Throws an Error with one line per mistake, in the words of the README's table. */
export function readConfig(environment: Record<string, string | undefined> = process.env): Config {
  const filled = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''))
  const parsed = Environment.safeParse(filled)
  if (parsed.success) return parsed.data
  const lines = parsed.error.issues.map(({ path, message }) => `  ${path.join('.')}: ${message}`)
  throw new Error(`The configuration has mistakes:\n${lines.join('\n')}`)
}

/** Settings for a place that is not read from the environment: tests, scripts. */
export const defaultConfig = (): Config => readConfig({})
