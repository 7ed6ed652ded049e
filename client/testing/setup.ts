import '@testing-library/jest-dom/vitest'
import { cleanup, configure } from '@testing-library/react'
import { afterEach, vi } from 'vitest'

// What comes is waited for, however busy the machine is.
configure({ asyncUtilTimeout: 5_000 })

// jsdom draws nothing. Whatever asks how the page looks gets the answers of a desktop on which nothing changes size.
vi.stubGlobal('matchMedia', (query: string) => ({ matches: query === '(pointer: fine)' }))
vi.stubGlobal(
  'ResizeObserver',
  class {
    observe() {}
    disconnect() {}
  },
)
// Nor has it a top layer, and it gives the focus to nothing that it thinks is hidden.
HTMLElement.prototype.showPopover = function showPopover() {
  this.removeAttribute('popover')
}
vi.stubGlobal('CSS', { supports: () => true, escape: (text: string) => text })

afterEach(() => {
  cleanup()
  localStorage.clear()
})
