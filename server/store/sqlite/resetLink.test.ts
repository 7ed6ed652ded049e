import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { startServer } from '../../testing/startServer.ts'
import { openDatabase } from './database.ts'
import { openSqlite } from './index.ts'
import { makeResetLink } from './resetLink.ts'
import { MIGRATIONS } from './migrations.ts'
import { migrate } from './schema.ts'
import { closedFolder } from './testing/openFresh.ts'

it('makes a link beside a running server, by which somebody comes back, and which says who made it', async () => {
  const { dir, connect, connectAs, post } = await startServer()
  const ann = await connect('Ann')
  const { token, person } = makeResetLink(dir, 'ann')
  expect(person).toEqual(ann.hello.me)
  const reset = await post('/api/account/reset', { key: { link: token }, password: 'four words at least' })
  const back = await connectAs(reset.headers.getSetCookie()[0]?.split(';', 1)[0] ?? '')
  expect((await back.ask('device:list', {})).devices).toMatchObject([{ way: 'link', madeBy: null }])
  await back.say('here again')
})

it('makes one while no server runs, and changes nothing else', async () => {
  const { dir, reopen, ann, logId, lobby, sent } = await closedFolder()
  const { token } = makeResetLink(dir, 'Ann')
  const store = await reopen()
  expect(store.logId).toBe(logId)
  expect((await store.messages.list({ roomId: lobby, limit: 100 })).messages).toEqual(sent)
  expect(await store.accounts.whose({ link: token })).toEqual(ann)
})

it('says in one sentence why it makes none', async () => {
  const { dir, file, reopen, close } = await closedFolder()
  expect(() => makeResetLink(dir, 'Nobody')).toThrow('Nobody here is called Nobody.')
  const store = await reopen()
  await store.people.create({ name: 'Tab', role: 'visitor' })
  await close()
  expect(() => makeResetLink(dir, 'Tab')).toThrow('Nobody here is called Tab.')
  expect(() => makeResetLink(path.join(dir, 'nowhere'), 'Ann')).toThrow(/^There is no Natter in \S+nowhere\.$/)
  const old = await mkdtemp(path.join(tmpdir(), 'natter-old-'))
  const database = openDatabase(path.join(old, 'natter.db'))
  migrate(database, file, { defaultRoom: 'Lobby', tell: () => {}, migrations: MIGRATIONS.slice(0, 1) })
  database.close()
  expect(() => makeResetLink(old, 'Ann')).toThrow(/is of another version: start this Natter once, then try again\.$/)
  await (await openSqlite({ dir: old })).close()
  expect(() => makeResetLink(old, 'Ann')).toThrow('Nobody here is called Ann.')
  await rm(old, { recursive: true })
})
