import { inject } from 'vitest'
import { copyDatabase } from './execute.ts'

/** An empty database in the PostgreSQL of this run. It is nobody else's, and goes with whoever is connected to it. */
export const makeDatabase = () => copyDatabase(inject('postgres'), 'template0')

/** The same, with the tables of this version. */
export const makeMigrated = () => copyDatabase(inject('postgres'), inject('template'))
