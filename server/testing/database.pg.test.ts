import { Client } from 'pg'
import { expect, it } from 'vitest'
import { makeDatabase } from './database.ts'

it('makes databases that know nothing of one another', async () => {
  const made = await Promise.all([makeDatabase(), makeDatabase()])
  for (const { url, drop } of made) {
    const client = new Client({ connectionString: url })
    await client.connect()
    await client.query('CREATE TABLE mine (id int)')
    const { rows } = await client.query<{ count: string }>('SELECT count(*) FROM mine')
    expect(rows[0]?.count).toBe('0')
    await client.end()
    await drop()
    await expect(new Client({ connectionString: url }).connect()).rejects.toThrow('does not exist')
  }
})
