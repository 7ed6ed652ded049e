/** The number that somebody gave with `--name`. Throws an Error with one sentence for people if it is none of these. */
export function numberFrom(name: string, text: string, { least = 0, most = Infinity, whole = false } = {}): number {
  const number = text.trim() === '' ? NaN : Number(text)
  if (number >= least && number <= most && (!whole || Number.isInteger(number))) return number
  const range = most === Infinity ? `${least} or more` : `from ${least} to ${most}`
  throw new Error(`--${name} ${text}: a ${whole ? 'whole ' : ''}number ${range} is needed.`)
}

/** Ends the program as its own end does, and so with all that it has started: left to itself, a signal would leave them. */
export function endOnSignal(): void {
  for (const [signal, number] of [
    ['SIGINT', 2],
    ['SIGTERM', 15],
  ] as const) {
    process.once(signal, () => process.exit(128 + number))
  }
}
