import { expect, it, vi } from 'vitest'
import { initialSettings } from '../protocol/choices.ts'
import { lobbyOf, startServer, type Visitor } from './testing/startServer.ts'

const presenceOf = (watcher: Visitor, { hello }: Visitor) =>
  watcher.all('presence:changed').flatMap(({ presence }) => {
    const now = presence[hello.me.id]
    return now === undefined ? [] : [now]
  })

it('tells what somebody chooses to all their own tabs, and to nobody else', async () => {
  const { connect, connectAs } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const tab = await connectAs(bob.cookie)
  expect(tab.hello.settings).toEqual(initialSettings)
  const chosen = await bob.ask('settings:change', { showsTyping: false })
  expect(chosen).toEqual({ ...initialSettings, showsTyping: false })
  await vi.waitFor(() => expect(tab.all('settings:changed')).toEqual([chosen]))
  await ann.say('after that')
  expect(JSON.stringify(ann.heard)).not.toContain('showsTyping":false')
  expect((await connectAs(bob.cookie)).hello.settings).toEqual(chosen)
})

it('shows whoever is not to be disturbed as busy, over all devices and after a restart, for as long as they said', async () => {
  const { connect, connectAs, restart } = await startServer({ GRACE_MS: '0' })
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const phone = await connectAs(bob.cookie)
  await vi.waitFor(() => expect(presenceOf(ann, bob)).toEqual(['here']))
  const { busy } = await bob.ask('presence:busy', { milliseconds: null })
  expect(busy).toEqual({ until: null })
  await vi.waitFor(() => expect(presenceOf(ann, bob)).toEqual(['here', 'busy']))
  await phone.ask('presence:set', { presence: 'away' })
  await bob.ask('presence:set', { presence: 'away' })
  for (const one of [bob, phone]) one.close()
  await vi.waitFor(() => expect(presenceOf(ann, bob)).toEqual(['here', 'busy', null]))

  await restart()
  const back = await connectAs(ann.cookie)
  const again = await connectAs(bob.cookie)
  expect(again.hello.settings.busy).toEqual({ until: null })
  await vi.waitFor(() => expect(presenceOf(back, bob)).toEqual(['busy']))
  await again.ask('presence:busy', { milliseconds: 0 })
  await again.ask('presence:busy', { milliseconds: 1_000 })
  await again.ask('presence:set', { presence: 'away' })
  await vi.waitFor(() => expect(presenceOf(back, bob).at(-1)).toBe('away'))
  await vi.waitFor(() => expect(again.all('settings:changed').at(-1)?.busy).toBeNull())
})

it('says to nobody that somebody is writing who does not show it, and stops at once when they do not any more', async () => {
  const { connect } = await startServer()
  const [ann, bob] = [await connect('Ann'), await connect('Bob')]
  const roomId = lobbyOf(bob.hello)
  const heard = () => ann.all('typing:changed').map(({ typing }) => typing)
  await bob.ask('typing:set', { roomId, typing: true })
  await bob.ask('settings:change', { showsTyping: false })
  await vi.waitFor(() => expect(heard()).toEqual([true, false]))
  await bob.ask('typing:set', { roomId, typing: true })
  await bob.say('what it was')
  await vi.waitFor(() => expect(ann.all('events')).not.toEqual([]))
  expect(heard()).toEqual([true, false])
})
