import { randomBytes } from 'node:crypto'
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

/** Another database of the same PostgreSQL, like this one. `drop`: it goes, and with it whoever is connected to it. */
export async function copyDatabase(postgres: string, template: string) {
  const name = `natter_${randomBytes(8).toString('hex')}`
  await execute(postgres, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return { url: inside(postgres, name), drop: () => execute(postgres, `DROP DATABASE ${name} WITH (FORCE)`) }
}
