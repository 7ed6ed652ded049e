import { setTimeout as after } from 'node:timers/promises'
import { Client } from 'pg'

/** Nobody who runs leaves a transaction open for so long. Milliseconds. */
const LONG = 150

/** Whether there is a transaction in which nothing happens: whoever has begun it, and locked what others need, does not run. */
export async function holdsTransaction(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await after(LONG)
    const { rowCount } = await client.query(
      `SELECT FROM pg_stat_activity
       WHERE state = 'idle in transaction' AND application_name = 'natter' AND xact_start IS NOT NULL
         AND state_change < clock_timestamp() - make_interval(secs => $1)`,
      [LONG / 2_000],
    )
    return (rowCount ?? 0) > 0
  } finally {
    await client.end()
  }
}
