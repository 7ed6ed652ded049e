import { vi } from 'vitest'

const { waitFor } = vi

/** What a test waits for comes in its time, however busy the machine is: one second, the usual, is none to wait for a disk. */
vi.waitFor = (callback, options) =>
  waitFor(callback, { timeout: 15_000, ...(typeof options === 'number' ? { timeout: options } : options) })
