import { expect, it } from 'vitest'
import type { Shelf } from '../socket/shelf.ts'
import { createDraftShelf, isOver } from './drafts.ts'

function shelfOf(kept: Record<string, string> = {}) {
  const values = new Map(Object.entries(kept))
  const shelf: Shelf = {
    all: (prefix) =>
      [...values].flatMap(([key, value]): [string, string][] =>
        key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : [],
      ),
    get: (key) => values.get(key) ?? null,
    put: (key, value) => void values.set(key, value),
    drop: (key) => void values.delete(key),
  }
  return { shelf, values }
}

it('brings back what somebody was writing, by person, also what an earlier version kept', () => {
  const { shelf } = shelfOf({
    'natter.draft.bob.lobby': 'of Bob',
    'natter.draft.ann.kitchen': 'of old',
    'natter.draft.ann.garden': '00000000-0000-4000-8000-000000000000\nof later',
  })
  const drafts = createDraftShelf(shelf)
  drafts.save('ann', { lobby: 'two\nlines' }, {})
  const before = { lobby: 'two\nlines', kitchen: 'of old', garden: 'of later' }
  expect(drafts.load('ann')).toEqual(before)
  // Emptied as it is, it is over all the same.
  drafts.save('ann', {}, before)
  expect(createDraftShelf(shelf).load('ann')).toEqual({})
})

it('gives a draft one name until it is sent or emptied, and the next one another', () => {
  const drafts = createDraftShelf(shelfOf().shelf)
  drafts.save('ann', { lobby: 'a' }, {})
  const name = drafts.marks().get('lobby')?.name
  drafts.save('ann', { lobby: 'ab' }, { lobby: 'a' })
  expect(drafts.take('lobby')).toEqual({ name, turn: 2 })
  drafts.save('ann', { lobby: 'c' }, { lobby: '' })
  expect(drafts.marks().get('lobby')?.name).not.toBe(name)
  const [change] = drafts.save('ann', {}, { lobby: 'c' })
  expect(change).toMatchObject({ over: { turn: 1 }, roomId: 'lobby' })
  expect(drafts.marks().size).toBe(0)
})

it('is gone once the outbox has it, and not before', () => {
  const { shelf } = shelfOf()
  const drafts = createDraftShelf(shelf)
  drafts.save('ann', { lobby: 'sent' }, {})
  drafts.take('lobby')
  // A browser that is killed here has the text once.
  expect(createDraftShelf(shelf).load('ann')).toEqual({ lobby: 'sent' })
  drafts.settle('ann', 'lobby')
  expect(createDraftShelf(shelf).load('ann')).toEqual({})
})

it('goes on from the copy that was kept more often, of the same draft or where there is none', () => {
  const { shelf } = shelfOf()
  const drafts = createDraftShelf(shelf)
  const [first] = drafts.save('ann', { lobby: 'a' }, {})
  const later = first && 'copy' in first ? { ...first.copy, turn: 2 } : null
  if (!later) throw new Error('There is no copy.')
  const again = createDraftShelf(shelf)
  again.load('ann')
  expect(again.goOn({ ...later, turn: 1 })).toBe(false)
  expect(again.goOn({ ...later, name: 'another' })).toBe(false)
  expect(again.goOn(later)).toBe(true)
  expect(again.goOn({ ...later, roomId: 'kitchen' })).toBe(true)
})

it('follows what another tab wrote, and knows what is not of this person', () => {
  const { shelf, values } = shelfOf()
  createDraftShelf(shelf).save('ann', { lobby: 'from there' }, {})
  const [[key, value] = ['', '']] = [...values]
  const drafts = createDraftShelf(shelf)
  const change = drafts.follow('ann', key, null, value)
  expect(change).toMatchObject({ roomId: 'lobby', before: '' })
  expect(change?.open()).toBe('from there')
  expect(drafts.follow('bob', key, null, value)).toBe(null)
})

it('leaves alone what another tab has begun, when its own draft is sent', () => {
  const { shelf } = shelfOf()
  const [here, there] = [createDraftShelf(shelf), createDraftShelf(shelf)]
  here.save('ann', { lobby: 'sent from here' }, {})
  here.take('lobby')
  there.save('ann', { lobby: 'begun there' }, {})
  here.settle('ann', 'lobby')
  expect(createDraftShelf(shelf).load('ann')).toEqual({ lobby: 'begun there' })
  there.save('ann', {}, { lobby: 'begun there' })
  expect(createDraftShelf(shelf).load('ann')).toEqual({})
})

it('is not over where another tab has written on', () => {
  const { shelf, values } = shelfOf()
  const [here, there] = [createDraftShelf(shelf), createDraftShelf(shelf)]
  here.save('ann', { lobby: 'sent' }, {})
  const key = 'natter.draft.ann.lobby'
  there.follow('ann', key, null, values.get(key) ?? null)?.open()
  const over = here.take('lobby')
  there.save('ann', { lobby: 'sent, and more' }, { lobby: 'sent' })
  here.settle('ann', 'lobby')
  const again = createDraftShelf(shelf)
  expect(again.load('ann')).toEqual({ lobby: 'sent, and more' })
  const mark = again.marks().get('lobby')
  expect(mark && over && isOver(mark, over)).toBe(false)
})

it('keeps both texts of somebody who writes in two tabs', () => {
  const { shelf, values } = shelfOf()
  const [here, there] = [createDraftShelf(shelf), createDraftShelf(shelf)]
  here.save('ann', { lobby: 'here' }, {})
  const key = 'natter.draft.ann.lobby'
  const before = values.get(key) ?? null
  there.save('ann', { lobby: 'there' }, {})
  expect(here.follow('ann', key, before, values.get(key) ?? null)).toBe(null)
})

it('follows no earlier state of what has been written on here', () => {
  const { shelf, values } = shelfOf()
  const key = 'natter.draft.ann.lobby'
  const [here, there] = [createDraftShelf(shelf), createDraftShelf(shelf)]
  there.save('ann', { lobby: 'sent' }, {})
  const sent = values.get(key) ?? ''
  here.follow('ann', key, null, sent)?.open()
  here.save('ann', { lobby: 'written on' }, { lobby: 'sent' })
  // The other tab has not heard of it yet, and says that what it knows is over.
  const late = `${sent.split('\n')[0]}\n`
  expect(here.follow('ann', key, values.get(key) ?? null, late)).toBe(null)
  expect(here.follow('ann', key, values.get(key) ?? null, sent)).toBe(null)
  // As often written on as here: both texts stay where they are.
  there.save('ann', { lobby: 'written on there' }, { lobby: 'sent' })
  expect(here.follow('ann', key, sent, values.get(key) ?? null)).toBe(null)
})

it('says that the draft that was sent is over, also where the next one has begun', () => {
  const { shelf, values } = shelfOf()
  const key = 'natter.draft.ann.lobby'
  const said: string[] = []
  const put: Shelf['put'] = (one, value) => {
    said.push(value)
    shelf.put(one, value)
  }
  const here = createDraftShelf({ ...shelf, put })
  here.save('ann', { lobby: 'sent' }, {})
  const there = createDraftShelf(shelf)
  there.follow('ann', key, null, values.get(key) ?? null)?.open()
  here.take('lobby')
  here.settle('ann', 'lobby')
  here.save('ann', { lobby: 'the next' }, { lobby: '' })
  // What the other tab hears of, one after the other.
  const [sent = '', over = '', next = ''] = said
  expect(there.follow('ann', key, sent, over)?.open()).toBe('')
  expect(there.follow('ann', key, over, next)?.open()).toBe('the next')
})

it('puts back what another tab has declared over too late, and only that', () => {
  const { shelf, values } = shelfOf()
  const key = 'natter.draft.ann.lobby'
  const late = '00000000-0000-4000-8000-000000000000 3\n'
  const drafts = createDraftShelf(shelf)
  drafts.save('ann', { lobby: 'being written' }, {})
  const mine = values.get(key) ?? ''
  values.set(key, late)
  drafts.stand('ann', key, late, { lobby: 'being written' })
  expect(values.get(key)).toBe(mine)
  const sent = `${mine.split('\n')[0]}\n`
  values.set(key, sent)
  drafts.stand('ann', key, sent, { lobby: 'being written' })
  expect(values.get(key)).toBe(sent)
})
