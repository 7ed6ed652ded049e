import { expect, it } from 'vitest'
import { inhabit, type OpenStore } from './setting.ts'

export function sessions(open: OpenStore): void {
  it('makes a new token of 256 bits each time, and finds the person by any of them', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const people = [ann, ann, bob]
    const tokens = await Promise.all(people.map(({ id }) => store.sessions.create(id)))
    expect(new Set(tokens).size).toBe(3)
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/)
    expect(await Promise.all(tokens.map(store.sessions.find))).toEqual(people)
  })

  it('finds nobody by a token that it did not make', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const token = await store.sessions.create(ann.id)
    const others = ['', ann.id, token.slice(0, -1), `${token}A`, token.toLowerCase(), '%', 'x'.repeat(43)]
    for (const other of others) expect(await store.sessions.find(other), other).toBeNull()
  })

  it('takes a token that a handshake already handed out', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const token = 'x'.repeat(43)
    expect(await store.sessions.create(ann.id, token)).toBe(token)
    expect(await store.sessions.find(token)).toEqual(ann)
  })

  it('finds somebody as they are now', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const token = await store.sessions.create(ann.id)
    const renamed = await store.people.rename(ann.id, 'Anna')
    expect(await store.sessions.find(token)).toEqual(renamed)
  })
}
