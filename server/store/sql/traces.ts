import type { Database } from './database.ts'

/** To be called in the transaction in which a text goes: until its traces are gone as well, the database remembers that. */
export function leaveTraces(database: Database): void {
  if (database.dialect.keepsTraces) database.run(`INSERT INTO meta VALUES ('traces', 1) ON CONFLICT DO NOTHING`)
}
