import { makeResetLink } from '../server/store/sqlite/resetLink.ts'
import { command } from './command.ts'

/** `npm run reset-password -- "Name"`: a link by which somebody sets a new password, also while Natter is running. */
await command('Say whose: npm run reset-password -- "Name"', (dir, name, { ORIGIN, HOST, PORT }) => {
  const { token, person } = makeResetLink(dir, name)
  // Who listens to every address is reached from here by this one.
  const host = HOST === '0.0.0.0' || HOST === '::' ? 'localhost' : HOST
  const origin = ORIGIN[0] ?? `http://${host.includes(':') ? `[${host}]` : host}:${PORT}`
  return `By this link ${person.name} sets a new password, once, within a day. Give it to nobody else.\n${origin}/reset#${token}`
})
