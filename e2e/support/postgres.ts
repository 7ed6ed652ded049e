import { postgresOfRun } from '../../server/testing/services.ts'

/** The tests hear of it by E2E_POSTGRES. */
export default async function setup(): Promise<() => Promise<void>> {
  const { url, stop } = await postgresOfRun()
  process.env['E2E_POSTGRES'] = url
  return stop
}
