import '@testing-library/jest-dom/vitest'
import { cleanup } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// jsdom draws nothing. Whatever asks how the page looks gets the answers of a desktop on which nothing changes size.
vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === '(pointer: fine)' }))
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
)
vi.stubGlobal('CSS', { supports: () => true, escape: (text: string) => text })

afterEach(() => {
  cleanup()
  localStorage.clear()
})
