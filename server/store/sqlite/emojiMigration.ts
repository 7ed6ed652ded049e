/** The place's own emoji. Their pictures lie beside those of people. */
export const EMOJI = `CREATE TABLE emoji (
     name TEXT PRIMARY KEY,
     picture TEXT NOT NULL,
     still TEXT
   ) STRICT, WITHOUT ROWID;`
