import type { TestProject } from 'vitest/node'
import { startPostgres } from './services.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a PostgreSQL in which databases can be made. */
    postgres: string
  }
}

/** One PostgreSQL for a whole run of the tests: the one that TEST_DATABASE_URL names, or one of its own. */
export async function setup({ provide }: TestProject) {
  const given = process.env['TEST_DATABASE_URL']
  if (given) return provide('postgres', given)
  const { url, stop } = await startPostgres()
  provide('postgres', url)
  return stop
}
