import { Client } from 'pg'

/** Has one statement executed, or several. */
export async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** The address of another database of the same PostgreSQL. */
export function inside(postgres: string, name: string): string {
  const url = new URL(postgres)
  url.pathname = name
  return url.href
}
