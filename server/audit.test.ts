import { expect, it } from 'vitest'
import { lobbyOf, startServer } from './testing/startServer.ts'

it('is read by owners and admins, by person, and downloaded a line for each act', async () => {
  const { url, own, connect } = await startServer()
  const [olga, bob] = [await own('Olga'), await connect('Bob')]
  const get = (cookie?: string, headers = {}) =>
    fetch(`${url}/api/audit`, { headers: { Origin: url, ...(cookie && { Cookie: cookie }), ...headers } })
  expect((await get()).status).toBe(401)
  expect((await get(bob.cookie)).status).toBe(403)
  expect((await get(olga.cookie, { Origin: 'https://evil.example' })).status).toBe(403)
  await expect(bob.ask('audit:list', {})).rejects.toThrow('forbidden')

  const { seq } = await bob.say('canary')
  await olga.ask('message:delete', { roomId: lobbyOf(olga.hello), seq })
  await olga.ask('people:role', { personId: bob.hello.me.id, role: 'guest' })
  await olga.ask('place:change', { name: 'Elm Street' })
  const { entries, people } = await olga.ask('audit:list', { personId: bob.hello.me.id })
  expect(entries.map(({ action }) => action)).toEqual(['people:role', 'message:delete'])
  expect(people.map(({ name }) => name).toSorted()).toEqual(['Bob', 'Olga'])

  const file = await get(olga.cookie)
  expect(file.headers.get('content-disposition')).toBe('attachment; filename="natter-audit.jsonl"')
  expect(file.headers.get('cache-control')).toBe('no-store')
  const text = await file.text()
  expect(
    text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).action),
  ).toEqual(['place:change', 'people:role', 'message:delete'])
  expect(text).not.toContain('canary')
})

it('is downloaded whole, however long it is', async () => {
  const { url, own, store } = await startServer()
  const olga = await own('Olga')
  const { id } = olga.hello.me
  await Promise.all(Array.from({ length: 250 }, (_, i) => store.place.change({ name: `Place ${i}` }, id)))
  const text = await (await fetch(`${url}/api/audit`, { headers: { Cookie: olga.cookie, Origin: url } })).text()
  expect(
    new Set(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).id),
    ).size,
  ).toBe(250)
})
