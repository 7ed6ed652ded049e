import type { Database } from './database.ts'

/** So long a browser may take to say whether it keeps anything; one that did not, from then on. Milliseconds. */
const PATIENCE = 3_000
const LITTLE_PATIENCE = 50

/** Asked for at once, and not waited for by the page. */
const load = () => import('./database.ts')
const parts = load()
parts.catch(() => {})

export type WithDatabase = <T>(task: (database: Database) => Promise<T>) => Promise<T>

/**
 * What this browser keeps for all its tabs. Rejects where it is blocked, full or silent; every use tries again, because a
 * browser ends a database when its data are cleared, and room can be made.
 */
function openDatabase(): WithDatabase {
  let opened: Promise<Database> | null = null
  let patience = PATIENCE
  const forget = () => (opened = null)

  return async (task) => {
    opened ??= parts.catch(load).then(({ open }) => open(forget))
    opened.catch(forget)
    let timer: ReturnType<typeof setTimeout> | undefined
    /** Nobody waits for it any more: what was asked for would come too late. */
    let given = false
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        patience = LITTLE_PATIENCE
        given = true
        reject(new Error('The browser does not answer.'))
      }, patience)
    })
    try {
      const result = await Promise.race([opened.then((database) => (given ? silence : task(database))), silence])
      patience = PATIENCE
      return result
    } catch (error) {
      if (error instanceof DOMException && error.name === 'InvalidStateError') forget()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }
}

/** One for the page: what it starts with and what it writes go through the same door. */
export const withDatabase = openDatabase()
