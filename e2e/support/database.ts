import { randomBytes } from 'node:crypto'
import { execute, inside } from '../../server/testing/execute.ts'

/**
 * Where a Natter of a test keeps everything, unless the test says so itself: in a database of its own where the run is about
 * PostgreSQL, or else in its folder.
 */
export async function databaseOfRun({ DATABASE_URL: given }: Record<string, string>): Promise<{
  environment: Record<string, string>
  drop: () => Promise<void>
}> {
  const postgres = process.env['E2E_POSTGRES']
  if (given !== undefined || !postgres) return { environment: {}, drop: async () => {} }
  const name = `natter_${randomBytes(8).toString('hex')}`
  await execute(postgres, `CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`)
  return {
    environment: { DATABASE_URL: inside(postgres, name) },
    drop: () => execute(postgres, `DROP DATABASE ${name} WITH (FORCE)`),
  }
}
