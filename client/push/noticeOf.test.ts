import { expect, it } from 'vitest'
import { noticeOf, TEST, type Shown } from './noticeOf.ts'

const shown = (more: Partial<Shown> = {}): Shown => ({
  type: 'shown',
  roomId: 'kitchen',
  room: 'Kitchen',
  by: 'Jun',
  forYou: false,
  count: 1,
  text: null,
  ...more,
})

it.each([
  ['Kitchen', 'Jun wrote', {}],
  ['Kitchen', '3 new messages', { count: 3 }],
  ['Kitchen', 'Jun mentioned you', { forYou: true }],
  ['Kitchen', 'Jun mentioned you, 3 new messages', { forYou: true, count: 3 }],
  ['Kitchen', 'Jun: soup is ready', { text: 'soup is ready', count: 3 }],
  ['Jun', 'Wrote to you', { room: null, forYou: true }],
  ['Jun', '2 new messages', { room: null, forYou: true, count: 2 }],
  ['Jun', 'hello', { room: null, forYou: true, text: 'hello' }],
] as const)('a notification of %s says “%s”', (title, body, more) => {
  expect(noticeOf(shown(more))).toEqual([
    title,
    expect.objectContaining({ body, tag: 'kitchen', data: { url: '/r/kitchen' } }),
  ])
})

it('a reminder leads to its message, and takes the place of no other notification', () => {
  const [title, { body, tag, data }] = noticeOf(shown({ seq: 7 }))
  expect([title, body, tag, data]).toEqual([
    'Kitchen',
    'Reminder: a message from Jun',
    'kitchen/7',
    { url: '/r/kitchen/7' },
  ])
  expect(noticeOf(shown({ seq: 7, text: 'soup' }))[1].body).toBe('Reminder: Jun: soup')
})

it('a test says that it is one, and leads to no room', () => {
  const [title, { body, data }] = noticeOf(shown({ roomId: TEST, room: null, by: 'Fernhill' }))
  expect([title, data]).toEqual(['Fernhill', { url: '/' }])
  expect(body).toMatch(/work here/)
})
