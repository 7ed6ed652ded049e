import { copyDatabase } from '../../server/testing/execute.ts'

type Kept = { environment: Record<string, string>; drop: () => Promise<void> }

/**
 * Where a Natter of a test keeps everything, unless the test says so itself: in a database of its own where the run is about
 * PostgreSQL, or else in its folder.
 */
export async function databaseOfRun({ DATABASE_URL: given }: Record<string, string>): Promise<Kept> {
  const postgres = process.env['E2E_POSTGRES']
  if (given !== undefined || !postgres) return { environment: {}, drop: async () => {} }
  const { url, drop } = await copyDatabase(postgres, 'template0')
  return { environment: { DATABASE_URL: url }, drop }
}
