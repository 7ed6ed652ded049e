import type { TestProject } from 'vitest/node'
import { MIGRATIONS } from '../store/postgres/schema.ts'
import { execute, inside } from './execute.ts'
import { postgresOfRun } from './services.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a PostgreSQL in which databases can be made. */
    postgres: string
    /** A database in it that has the tables already: to copy it takes less time than to make them. Nobody has used it. */
    template: string
  }
}

/** One PostgreSQL for a whole run of the tests, and a database in it that others are copies of. */
export async function setup({ provide }: TestProject) {
  const { url, stop } = await postgresOfRun()
  const template = `natter_template_${process.pid}`
  await execute(url, `CREATE DATABASE ${template} TEMPLATE template0 ENCODING 'UTF8'`)
  const version = `INSERT INTO meta VALUES ('version', '${MIGRATIONS.length}')`
  await execute(inside(url, template), [...MIGRATIONS, version].join('\n'))
  provide('postgres', url)
  provide('template', template)
  return async () => {
    await execute(url, `DROP DATABASE ${template}`)
    await stop()
  }
}
