import { startPostgres } from '../../server/testing/services.ts'

/** One PostgreSQL for a whole run: the one that TEST_DATABASE_URL names, or one of its own. The tests hear of it by E2E_POSTGRES. */
export default async function setup(): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const { url, stop } = given ? { url: given, stop: async () => {} } : await startPostgres()
  process.env['E2E_POSTGRES'] = url
  return stop
}
