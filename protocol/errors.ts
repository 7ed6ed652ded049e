/** Why a request was refused: a code for programs. The sentence beside it is for people. */
export const REFUSALS = {
  invalid: 'The request does not have the form that the protocol gives it.',
  unknown_request: 'There is no such request.',
  unauthorized: 'Nobody is signed in on this connection, or what was given to sign in is not right.',
  forbidden: 'This person may not do that.',
  not_found: 'There is no such thing, or none that this person may see.',
  name_taken: 'Somebody here already has a name that looks like this one.',
  conflict: 'The same key was used before with another text, or a passkey or a sign-on elsewhere is in use already.',
  rate_limited: 'Too many requests; `retryAfter` says how many milliseconds to wait.',
  storage_unavailable: 'The message could not be stored just now. Try again.',
  restarting: 'The server is stopping. Try again in a moment.',
  internal: 'Something went wrong on the server.',
} as const

export type RefusalCode = keyof typeof REFUSALS

/** What a refused caller gets. */
export type RefusalBody = {
  code: RefusalCode
  /** A sentence for the person. */
  message: string
  /** Milliseconds to wait before trying again; only with `rate_limited`, and with `forbidden` where it will be allowed then. */
  retryAfter?: number
}

/** Passing trouble: the same request may succeed later, so an outbox keeps it and tries again. */
export const PASSING: ReadonlySet<RefusalCode> = new Set<RefusalCode>([
  'rate_limited',
  'storage_unavailable',
  'restarting',
  'internal',
])

/** An expected "no". The caller gets exactly this. */
export class Refusal extends Error {
  readonly code: RefusalCode
  readonly retryAfter: number | undefined

  constructor(code: RefusalCode, message: string, retryAfter?: number) {
    super(message)
    this.name = 'Refusal'
    this.code = code
    this.retryAfter = retryAfter
  }
}
