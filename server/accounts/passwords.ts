import { argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { Refusal } from '../../protocol/errors.ts'
import { PASSWORD_LEAST } from '../../protocol/limits.ts'
import { createTurns } from '../turns.ts'
import { isCommon } from './commonPasswords.ts'

const derive = promisify(argon2)

/** argon2id cost: 19 MiB, read twice. OWASP Password Storage Cheat Sheet. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 }

/** So many hashes run at once, in other threads; so many who were never here wait, and so many who were. */
const RUNNING = 2
const WAITING = { known: 24, strangers: 6 }
/** Until whoever finds no room may try again. Milliseconds. */
const AGAIN = 2_000

/** The same characters however a keyboard composes them. RFC 8265, section 4. */
const prepared = (password: string) => password.normalize('NFC')

/** Throws a Refusal that says what is wrong with a new password of somebody with this name. */
export function mustBeGood(password: string, name: string): void {
  if ([...prepared(password)].length < PASSWORD_LEAST)
    throw new Refusal('invalid', `A password has at least ${PASSWORD_LEAST} characters.`)
  if (isCommon(prepared(password), name))
    throw new Refusal(
      'invalid',
      'That password is among the first that others would try. Three or four words are better.',
    )
}

export type Passwords = ReturnType<typeof createPasswords>

/** Makes and checks hashes, few at a time: whoever sends many passwords keeps neither the memory nor the others busy. */
export function createPasswords() {
  // Who was here before does not wait behind strangers.
  const turns = createTurns(RUNNING, [WAITING.known, WAITING.strangers])

  async function inTurn<T>(isKnown: boolean, task: () => Promise<T>): Promise<T> {
    const end = await turns.take(isKnown ? 0 : 1)
    if (!end) throw new Refusal('rate_limited', 'Many people are signing in just now. Try again in a moment.', AGAIN)
    return task().finally(end)
  }

  const hash = (password: string, nonce: Buffer, cost = COST) =>
    derive('argon2id', { message: prepared(password), nonce, tagLength: 32, ...cost })

  return {
    /** What is kept of a password: how it was made, and the hash. */
    async make(password: string): Promise<string> {
      const salt = randomBytes(16)
      const made = await inTurn(true, () => hash(password, salt))
      return ['argon2id', ...Object.values(COST), salt.toString('base64url'), made.toString('base64url')].join(':')
    },
    /** Whether it is the one. Where there is none the same work is done, so that nobody can tell by the time. */
    async matches(password: string, kept: string | null, isKnown: boolean): Promise<boolean> {
      const [, memory, passes, parallelism, salt, made] = kept?.split(':') ?? []
      if (!salt || !made) {
        await inTurn(isKnown, () => hash(password, randomBytes(16)))
        return false
      }
      const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) }
      const guess = await inTurn(isKnown, () => hash(password, Buffer.from(salt, 'base64url'), cost))
      return timingSafeEqual(guess, Buffer.from(made, 'base64url'))
    },
  }
}
