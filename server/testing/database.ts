import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { inject } from 'vitest'

async function execute(connectionString: string, sql: string): Promise<void> {
  const client = new Client({ connectionString })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** An empty database in the PostgreSQL of this run. It is nobody else's, and goes with whoever is connected to it. */
export async function makeDatabase(): Promise<{ url: string; drop: () => Promise<void> }> {
  const postgres = inject('postgres')
  const name = `natter_${randomBytes(8).toString('hex')}`
  await execute(postgres, `CREATE DATABASE ${name}`)
  const url = new URL(postgres)
  url.pathname = name
  return { url: url.href, drop: () => execute(postgres, `DROP DATABASE ${name} WITH (FORCE)`) }
}
