import { expect, it } from 'vitest'
import type { Change } from '../../protocol/changes.ts'
import { message } from '../testing/room.ts'
import { addPage, applyToFound, type Found } from './forYou.ts'

const forAnn = (seq: number, given: Parameters<typeof message>[1] = {}) => message(seq, { mentions: ['ann'], ...given })
const changed = (one: ReturnType<typeof message>): Change => ({ type: 'message:changed', message: one })
const none: Found = { messages: [], next: null }

it('has the newest state of what is for me, newest first', () => {
  const changes = [
    forAnn(1),
    message(2),
    forAnn(3, { authorId: 'ann' }),
    forAnn(4),
    forAnn(5),
    forAnn(1, { rev: 20, mentions: [] }),
    forAnn(2, { rev: 21, body: 'now for you' }),
    forAnn(2, { rev: 21, body: 'told twice' }),
    forAnn(5, { rev: 22, deleted: true, mentions: [] }),
  ].map(changed)
  const { messages } = applyToFound(none, changes, ['ann'])
  expect(messages.map(({ seq, body }) => [seq, body])).toEqual([
    [4, 'message 4'],
    [2, 'now for you'],
  ])
})

it('takes in nothing that stands further down than what was asked for, and then the page that has it', () => {
  const shown: Found = { messages: [forAnn(9), forAnn(8)], next: 'further' }
  const found = applyToFound(shown, [changed(forAnn(3, { rev: 30 })), changed(forAnn(10))], ['ann'])
  expect(found.messages.map(({ seq }) => seq)).toEqual([10, 9, 8])
  const all = addPage(found, { messages: [forAnn(8), forAnn(3)], next: null })
  expect([all.messages.map(({ seq }) => seq), all.next]).toEqual([[10, 9, 8, 3], null])
})
