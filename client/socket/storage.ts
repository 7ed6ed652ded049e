import type { Database } from './database.ts'

/** A browser that does not say whether it keeps anything is not waited for any longer, and the next time hardly. Milliseconds. */
const PATIENCE = 3_000
const LITTLE_PATIENCE = 50

/** Asked for at once, and not waited for by the page. */
const load = () => import('./database.ts')
const parts = load()
parts.catch(() => {})

export type UseDatabase = <T>(task: (database: Database) => Promise<T>) => Promise<T>

/**
 * What this browser keeps for all its tabs. Rejects where it is blocked, full or silent; every use tries again, because a
 * browser ends a database when its data are cleared, and room can be made.
 */
function openDatabase(): UseDatabase {
  let opened: Promise<Database> | null = null
  let patience = PATIENCE
  const forget = () => (opened = null)

  return async (task) => {
    opened ??= parts.catch(load).then(({ open }) => open(forget))
    opened.catch(forget)
    let timer: ReturnType<typeof setTimeout> | undefined
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        patience = LITTLE_PATIENCE
        reject(new Error('The browser does not answer.'))
      }, patience)
    })
    try {
      const result = await Promise.race([opened.then(task), silence])
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
export const useDatabase = openDatabase()
