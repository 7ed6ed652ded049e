/** What is measured of a target in one round. Null: it is not told there. */
export type Figures = Record<string, number | null>
type Result = { of: string; target: string; round: number; figures: Figures }

export type Report = {
  /** Prints it as one line of JSON. */
  add: (result: Result) => void
  /** The middle of all rounds, and beside it, in brackets, the middle of the rounds' ratios to the baseline. */
  table: () => string
  /** The same for programs. */
  medians: () => Record<string, unknown>[]
}

/** What all others are told as a ratio to. */
const BASELINE = 'tutorial'

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.floor(half)] ?? NaN) + (sorted[Math.ceil(half) - 1] ?? NaN)) / 2
}

/** Three digits are more than any machine repeats. */
function short(value: number): string {
  if (!Number.isFinite(value)) return '–'
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2
  return value.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** In the columns that take part in it, ratios are told. */
export function createReport(experiment: string, ratios: readonly string[]): Report {
  const results: Result[] = []

  function rows() {
    const groups = Map.groupBy(results, ({ of, target }) => `${of}\n${target}`)
    return [...groups.values()].flatMap((group) => {
      const [first] = group
      if (!first) return []
      const cells = Object.keys(first.figures).map((name) => {
        const values = group.flatMap(({ figures }) => figures[name] ?? [])
        const shares = group.flatMap(({ of, round, figures }) => {
          const base = results.find((one) => one.of === of && one.round === round && one.target === BASELINE)
          const [value, by] = [figures[name], base?.figures[name]]
          return value && by ? value / by : []
        })
        const ratio = ratios.includes(name) && shares.length > 0 ? median(shares) : null
        return { name, value: median(values), ratio }
      })
      return { of: first.of, target: first.target, rounds: group.length, cells }
    })
  }

  return {
    add(result) {
      results.push(result)
      const { of, target, round, figures } = result
      const told = Object.entries(figures).map(
        ([name, value]) => [name, value && Number(value.toPrecision(4))] as const,
      )
      console.log(JSON.stringify({ experiment, of, target, round, ...Object.fromEntries(told) }))
    },
    table() {
      const all = rows()
      const names = all[0]?.cells.map(({ name }) => name) ?? []
      const lines = [
        [experiment, 'target', ...names],
        ['---', '---', ...names.map(() => '---:')],
        ...all.map(({ of, target, cells }) => [
          of,
          target,
          ...cells.map(({ value, ratio }) => short(value) + (ratio === null ? '' : ` (${short(ratio)} ×)`)),
        ]),
      ]
      return lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n')
    },
    medians: () =>
      rows().map(({ of, target, rounds, cells }) => ({
        of,
        target,
        rounds,
        ...Object.fromEntries(cells.map(({ name, value, ratio }) => [name, { median: value, ratio }])),
      })),
  }
}
