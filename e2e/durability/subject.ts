import { connect } from '../support/client.ts'
import { startNatter, type Natter } from '../support/server.ts'
import type { Stored } from './checkers.ts'
import { startExaminer } from './examiner.ts'
import type { Keys } from './keys.ts'
import { enter, type EnterOptions, type Participant } from './participant.ts'

export type StartOptions = { clockJumps?: boolean; environment?: Record<string, string> }

/** What is put to the test. */
export type Subject = {
  /** `environment`: what it is told beyond its defaults. */
  start: (options?: StartOptions) => Promise<Natter>
  /** Whether several of it can serve the same people. */
  hasNodes: boolean
  enter: (options: EnterOptions) => Promise<Participant>
  /** Everything that is stored, and what number its newest change has. */
  stored: (url: string, keys: Keys) => Promise<{ messages: Stored[]; rev: number }>
  /** What SQLite's own check says of the database in this folder: "ok", or what is wrong. Nobody is using it. */
  integrity: (dir: string) => Promise<string>
}

const MANY = '1000000'

/** Natter as it is started by whoever runs it; only nobody is held back for talking a lot. */
export const natter: Subject = {
  hasNodes: true,
  start: ({ clockJumps, environment } = {}) =>
    startNatter({
      ...(clockJumps && { NODE_OPTIONS: `--import ${new URL('clock.ts', import.meta.url).href}` }),
      LIMIT_MESSAGES: MANY,
      LIMIT_REQUESTS: MANY,
      LIMIT_JOINS: MANY,
      LIMIT_ROOMS: MANY,
      LOG_LEVEL: 'error',
      ...environment,
    }),
  enter,
  async stored(url, keys) {
    const reader = await connect(url, `Reader ${Date.now()}`)
    const messages = await reader.history()
    const { head } = await reader.ask('message:list', { roomId: reader.roomId, limit: 1 })
    reader.close()
    return {
      messages: messages.map(({ seq, rev, body, deleted, key, sentAt }) => ({
        number: keys.numberOf({ key, body }),
        seq,
        rev,
        body,
        deleted,
        sentAt,
      })),
      rev: head.rev,
    }
  },
  async integrity(dir) {
    const examiner = startExaminer()
    const found = await examiner.examine(dir)
    examiner.close()
    return 'refused' in found ? found.refused : found.integrity
  },
}
