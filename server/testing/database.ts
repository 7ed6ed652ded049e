import { randomBytes } from 'node:crypto'
import { inject } from 'vitest'
import { execute, inside } from './execute.ts'

/** A database of this PostgreSQL. */
async function make(template: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const postgres = inject('postgres')
  const name = `natter_${randomBytes(8).toString('hex')}`
  await execute(postgres, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  return { url: inside(postgres, name), drop: () => execute(postgres, `DROP DATABASE ${name} WITH (FORCE)`) }
}

/** An empty database in the PostgreSQL of this run. It is nobody else's, and goes with whoever is connected to it. */
export const makeDatabase = () => make('template0')

/** The same, with the tables of this version. */
export const makeMigrated = () => make(inject('template'))
