/**
 * Loaded before a server (`node --import`), makes its clock jump by up to 16 hours, back and forth, every second or so: what only
 * shows the time may be wrong by that, what orders or waits must not. All threads of the process jump alike.
 */
const HOUR = 3_600_000
/** Between two jumps. Milliseconds. */
const STEADY = 1_300

const now = Date.now.bind(Date)

function jumped(): number {
  const real = now()
  const step = Math.floor(real / STEADY)
  // A scattered sequence that every thread computes for itself.
  const hours = (Math.imul(step, 0x9e3779b1) >>> 27) - 16
  return real + hours * HOUR
}

Date.now = jumped
globalThis.Date = new Proxy(Date, {
  construct: (target, given: unknown[], newTarget) =>
    Reflect.construct(target, given.length === 0 ? [jumped()] : given, newTarget) as Date,
})
