/**
 * What the client's connection asks of a browser, for where there is none. Import it before the client. What it keeps outlives
 * a participant, as it outlives a page, and ends with the process.
 */
class MemoryStorage {
  // The entries are the object's own properties, as they are of the real one.
  [key: string]: unknown
  setItem(key: string, value: string): void {
    this[key] = value
  }
  removeItem(key: string): void {
    delete this[key]
  }
}

const standIns = {
  localStorage: new MemoryStorage(),
  addEventListener: () => {},
  document: { addEventListener: () => {}, visibilityState: 'hidden' },
}
for (const [name, value] of Object.entries(standIns)) Object.defineProperty(globalThis, name, { value })
// All participants live in one process, and are not tabs of one browser.
Reflect.deleteProperty(globalThis, 'BroadcastChannel')
