import { directly } from '../server/store/postgres/direct.ts'
import { linkFor } from '../server/store/sql/resetLink.ts'
import { makeResetLink } from '../server/store/sqlite/resetLink.ts'
import { command } from './command.ts'

/** `npm run reset-password -- "Name"`: a link by which somebody sets a new password, also while Natter is running. */
await command(
  'Say whose: npm run reset-password -- "Name"',
  async (dir, name, { ORIGIN, HOST, PORT, DATABASE_URL: url }) => {
    const { token, person } = await (url === undefined
      ? makeResetLink(dir, name)
      : directly(url, (database) => linkFor(database, name)))
    // Who listens to every address is reached from here by this one.
    const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST
    const origin = ORIGIN[0] ?? `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
    return `By this link ${person.name} sets a new password, once, within a day. Give it to nobody else.\n${origin}/reset#${token}`
  },
)
