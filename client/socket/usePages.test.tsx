import { act, renderHook } from '@testing-library/react'
import type { ReactNode } from 'react'
import { expect, it } from 'vitest'
import type { Answer } from '../../protocol/index.ts'
import { SocketContext } from './useSocket.ts'
import { fakeConnection, helloOf } from '../testing/fakeSocket.ts'
import { usePages } from './usePages.ts'

type Names = { names: string[]; next: string | null }
const page = (names: string[], next: string | null = null): Answer<Names> => ({ ok: true, data: { names, next } })
const refusal: Answer<Names> = { ok: false, error: { code: 'restarting', message: 'Natter does not answer just now.' } }

/** A list whose questions wait until the test answers them. */
function show() {
  const asked: { query: string; after: string | undefined; answer: (answer: Answer<Names>) => Promise<void> }[] = []
  const fake = fakeConnection()
  act(() => fake.say('hello', helloOf()))
  const ask = (query: string, after?: string) =>
    new Promise<Answer<Names>>((resolve) => {
      asked.push({ query, after, answer: (answer) => act(async () => resolve(answer)) })
    })
  const { result, rerender } = renderHook(({ rev }) => usePages(ask, rev), {
    initialProps: { rev: 1 },
    wrapper: ({ children }: { children: ReactNode }) => (
      <SocketContext value={fake.connection}>{children}</SocketContext>
    ),
  })
  return {
    fake,
    asked,
    list: result,
    rerender,
    last: () => asked.at(-1)!,
    names: () => result.current.pages?.flatMap(({ names }) => names) ?? null,
  }
}

it('shows the answer to the newest question, in whatever order the answers come', async () => {
  const { asked, list, last, names } = show()
  await last().answer(page(['Ann', 'Bob', 'Jun']))
  act(() => list.current.setQuery('b'))
  act(() => list.current.setQuery('ju'))
  await last().answer(page(['Jun']))
  await asked[1]!.answer(page(['Bob']))
  expect([list.current.answered, names()]).toEqual(['ju', ['Jun']])
})

it('holds what it found before until the newest answer has come', async () => {
  const { list, last, names } = show()
  await last().answer(page(['Ann'], 'Ann'))
  act(() => list.current.setQuery('b'))
  expect([list.current.query, list.current.answered, names()]).toEqual(['b', '', ['Ann']])
  expect(list.current.showMore).toBeNull()
})

it('puts the next page to what is there, says why it did not come, and can be asked for it once more', async () => {
  const { list, last, names } = show()
  await last().answer(page(['Ann'], 'Ann'))
  act(() => list.current.showMore?.())
  await last().answer(refusal)
  expect([list.current.problem, names()]).toEqual(['Natter does not answer just now.', ['Ann']])
  act(() => list.current.showMore?.())
  expect(last().after).toBe('Ann')
  await last().answer(page(['Bob']))
  expect([list.current.problem, names(), list.current.showMore]).toEqual([null, ['Ann', 'Bob'], null])
})

it('is asked for again, as far down as it is shown, when something has changed', async () => {
  const { asked, list, last, names, rerender } = show()
  await last().answer(page(['Ann'], 'Ann'))
  act(() => list.current.showMore?.())
  await last().answer(page(['Bob'], 'Bob'))
  rerender({ rev: 2 })
  await last().answer(page(['Ada', 'Ann'], 'Ann'))
  expect(names()).toEqual(['Ann', 'Bob'])
  await last().answer(page(['Bob', 'Jun'], 'Jun'))
  expect(names()).toEqual(['Ada', 'Ann', 'Bob', 'Jun'])
  expect(asked.map(({ after }) => after)).toEqual([undefined, 'Ann', undefined, 'Ann'])
})

it('shows no page of before among those of now, when more is wanted while it is asked for again', async () => {
  const { asked, list, last, names, rerender } = show()
  await last().answer(page(['Ann'], 'Ann'))
  rerender({ rev: 2 })
  act(() => list.current.showMore?.())
  await last().answer(page(['Ada'], 'Ada'))
  await last().answer(page(['Bob']))
  expect(names()).toEqual(['Ada', 'Bob'])
  expect(asked.map(({ after }) => after)).toEqual([undefined, undefined, undefined, 'Ada'])
})

it('does not forget that more was wanted when it is asked for again', async () => {
  const { list, last, names, rerender } = show()
  await last().answer(page(['Ann'], 'Ann'))
  act(() => list.current.showMore?.())
  rerender({ rev: 2 })
  await last().answer(page(['Ada'], 'Ada'))
  await last().answer(page(['Bob']))
  expect(names()).toEqual(['Ada', 'Bob'])
})

it('asks again with the connection for what could not be had without', async () => {
  const { fake, asked, last, names } = show()
  act(() => fake.say('disconnect', 'transport close'))
  await last().answer(refusal)
  act(() => fake.say('hello', helloOf()))
  await last().answer(page(['Ann']))
  expect([names(), asked.length]).toEqual([['Ann'], 2])
  act(() => fake.say('disconnect', 'transport close'))
  act(() => fake.say('hello', helloOf()))
  expect(asked.length).toBe(2)
})
