import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Presence } from '../../protocol/presence.ts'
import { createTold } from './told.ts'

type Shown = Record<string, Presence | null>

/** What a page knows that was told this, on top of what it knew. */
const knowing = (before: Shown, told: Shown): Shown =>
  Object.fromEntries(Object.entries({ ...before, ...told }).filter(([, presence]) => presence !== null))

it('leaves everybody with the same picture, whenever they come, go and come back', () => {
  const step = fc.oneof(
    fc.record({ change: fc.nat(80), to: fc.constantFrom<Presence | null>('here', 'away', 'busy', null) }),
    fc.record({ visit: fc.nat(3) }),
    fc.record({ leave: fc.nat(3) }),
    fc.constant('tell' as const),
  )
  fc.assert(
    fc.property(fc.nat(100), fc.array(step, { maxLength: 80 }), (crowd, steps) => {
      const entries = new Map<string, { shown: Presence | null }>()
      const told = createTold(entries)
      const visitors = Array.from({ length: 4 }, () => ({ here: false, at: '', knows: {} as Shown }))
      let news: Shown = {}
      const change = (id: string, shown: Presence | null) => {
        if ((entries.get(id)?.shown ?? null) === shown) return
        if (shown) entries.set(id, { shown })
        else entries.delete(id)
        news[id] = shown
        told.changed(id)
      }
      const tell = () => {
        const at = told.now()
        for (const one of visitors) if (one.here) Object.assign(one, { at, knows: knowing(one.knows, news) })
        news = {}
      }
      for (let i = 0; i < crowd; i++) change(`person ${i}`, 'here')
      for (const one of steps) {
        if (one === 'tell') tell()
        else if ('change' in one) change(`person ${one.change}`, one.to)
        else {
          const visitor = visitors['visit' in one ? one.visit : one.leave]
          if (visitor && 'leave' in one) visitor.here = false
          if (!visitor || visitor.here || 'leave' in one) continue
          const { presence, presenceAt, presenceSince } = told.to(visitor.at || undefined)
          const knows = knowing(presenceSince === undefined ? {} : visitor.knows, presence)
          Object.assign(visitor, { here: true, at: presenceAt, knows })
        }
      }
      tell()
      const everybody = Object.fromEntries(Array.from(entries, ([id, { shown }]) => [id, shown]))
      for (const { here, knows } of visitors) if (here) expect(knows).toEqual(everybody)
    }),
  )
})

it('tells whoever knows most only the rest, and everybody to who was away for too long or knows another server', () => {
  const entries = new Map(Array.from({ length: 100 }, (_, i) => [`person ${i}`, { shown: 'here' as Presence | null }]))
  const told = createTold(entries)
  const { presence, presenceAt, presenceSince } = told.to(undefined)
  expect([Object.keys(presence).length, presenceSince]).toEqual([100, undefined])
  entries.set('person 7', { shown: 'away' })
  entries.delete('person 8')
  for (const id of ['person 7', 'person 8', 'person 7']) told.changed(id)
  expect(told.to(presenceAt)).toMatchObject({
    presence: { 'person 7': 'away', 'person 8': null },
    presenceSince: presenceAt,
  })
  for (const then of [createTold(entries).now(), 'nonsense', `${presenceAt}9`, 7, null])
    expect(told.to(then).presenceSince, String(then)).toBeUndefined()
  for (let i = 0; i < 20_000; i++) told.changed('person 1')
  expect(told.to(presenceAt).presenceSince).toBeUndefined()
})
