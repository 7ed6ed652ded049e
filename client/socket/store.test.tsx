import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createStore } from './store.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['requestAnimationFrame'] }))
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

function open() {
  const store = createStore((sum: number, n: number) => sum + n, 0)
  const drawn: number[] = []
  const heard: number[] = []
  store.show(() => drawn.push(store.getState()))
  store.subscribe(() => heard.push(store.getState()))
  return { ...store, drawn, heard }
}

it('draws what the server tells at once, and what comes in the same frame together in the next', () => {
  const { dispatch, drawn, heard } = open()
  for (const n of [1, 2, 3]) dispatch(n, true)
  expect([drawn, heard]).toEqual([[1], [1, 3, 6]])
  vi.advanceTimersToNextFrame()
  expect(drawn).toEqual([1, 6])
  dispatch(4, true)
  expect(drawn).toEqual([1, 6])
  vi.advanceTimersToNextFrame()
  expect(drawn).toEqual([1, 6, 10])
  // Two frames with nothing new.
  vi.advanceTimersToNextFrame()
  vi.advanceTimersToNextFrame()
  dispatch(5, true)
  expect(drawn).toEqual([1, 6, 10, 15])
})

it('draws what somebody does here at once, with all that has come, and nothing twice', () => {
  const { dispatch, drawn } = open()
  for (const n of [1, 2]) dispatch(n, true)
  dispatch(10)
  expect(drawn).toEqual([1, 13])
  vi.advanceTimersToNextFrame()
  expect(drawn).toEqual([1, 13])
})

it('waits for no frame where nobody looks, and asks for one only once', () => {
  const { dispatch, drawn } = open()
  vi.spyOn(document, 'hidden', 'get').mockReturnValue(true)
  const asked = vi.spyOn(globalThis, 'requestAnimationFrame')
  for (const n of [1, 2, 3]) dispatch(n, true)
  expect(drawn).toEqual([1, 3, 6])
  expect(asked).toHaveBeenCalledTimes(1)
})

it('tells nobody of what changes nothing, and nobody who has left', () => {
  const store = createStore((sum: number, n: number) => sum + n, 0)
  const view = vi.fn()
  const hide = store.show(view)
  store.dispatch(0, true)
  hide()
  store.dispatch(1)
  expect(view).not.toHaveBeenCalled()
  // Where there is no page, there are no frames.
  vi.stubGlobal('requestAnimationFrame', undefined)
  store.dispatch(1, true)
  vi.unstubAllGlobals()
  expect(store.getState()).toBe(2)
})
