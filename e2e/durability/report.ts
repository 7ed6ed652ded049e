import { isFaultless } from './checkers.ts'
import { isServerFault, keepsConnections, type ServerFault } from './killers.ts'
import type { Progress, Report } from './ordeal.ts'

/** Most details that are printed. */
const DETAILS = 20

const number = (value: number): string => Math.round(value).toLocaleString('en')

export function progressLine({ elapsed, blows, sent, acked, deliveries }: Progress): string {
  const clock = new Date(elapsed).toISOString().slice(11, 19)
  return `${clock}  ${number(blows)} blows, ${number(sent)} sent, ${number(acked)} acked, ${number(deliveries)} deliveries`
}

/** The value that this share of all values does not exceed. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0
}

/** Everything that was measured, flat, for programs. Times are in milliseconds. */
export function summary({ seconds, blows, recoveries, findings, dealt, integrity, restless }: Report) {
  const { faults, details: _, ...counts } = findings
  const times = (kind: ServerFault) => blows.filter(({ fault }) => fault === kind).length
  const starts = blows.filter(({ fault }) => !keepsConnections(fault)).map(({ away }) => away)
  const dealtWhere = (isWanted: (fault: string) => boolean) =>
    Object.fromEntries(Object.entries(dealt).filter(([fault]) => isWanted(fault)))
  const spread = (values: readonly number[]) => ({
    p50: Math.round(percentile(values, 0.5)),
    p95: Math.round(percentile(values, 0.95)),
    max: Math.round(percentile(values, 1)),
  })
  return {
    seconds: Math.round(seconds),
    kill: times('kill'),
    stop: times('stop'),
    term: times('term') + times('deploy'),
    beside: dealtWhere((fault) => ['hold', 'redis', 'postgres', 'freeze'].includes(fault)),
    network: dealtWhere((fault) => !isServerFault(fault)),
    ...counts,
    ...faults,
    rude: blows.filter(({ rude }) => rude).length,
    restless,
    integrity,
    listeningAgain: spread(starts),
    recovery: spread(recoveries),
  }
}

/** What was wanted must have happened. Times are told, not judged: they are the machine's as much as the server's. */
export const isGood = ({ findings, blows, recoveries, dealt, integrity, restless }: Report): boolean =>
  isFaultless(findings.faults) &&
  restless === 0 &&
  integrity === 'ok' &&
  findings.acked > 0 &&
  findings.deliveries > 0 &&
  blows.every(({ rude }) => !rude) &&
  recoveries.every(Number.isFinite) &&
  Object.values(dealt).every((times) => times > 0)

export function table(report: Report): string {
  const { listeningAgain, recovery, beside, network, integrity, ...counts } = summary(report)
  const told = (dealt: typeof network) =>
    Object.entries(dealt)
      .map(([fault, times]) => `${fault} ${number(times)}`)
      .join(', ') || '-'
  const spread = ({ p50, p95, max }: typeof recovery) => `p50 ${number(p50)}, p95 ${number(p95)}, max ${number(max)} ms`
  const rows: [string, string][] = [
    ['kill -9, standstill, SIGTERM', [counts.kill, counts.stop, counts.term].map(number).join(', ')],
    ['with locks, and beside the servers', told(beside)],
    ['in the network', told(network)],
    ['messages sent, acknowledged, stored', [counts.sent, counts.acked, counts.stored].map(number).join(', ')],
    ['deliveries; changes shown', `${number(counts.deliveries)}; ${number(counts.changes)}`],
    ['acknowledged, not stored', number(counts.lost)],
    ['sent, never stored', number(counts.neverStored)],
    ['stored or shown twice', number(counts.doubled)],
    ['out of order', number(counts.outOfOrder)],
    ['stored, not shown to all', number(counts.missing)],
    ['max(seq) - count(*)', number(counts.gaps)],
    ['not what a fresh page shows', number(counts.diverged)],
    ['refused; not at rest; SIGTERM late', [counts.refused, counts.restless, counts.rude].map(number).join('; ')],
    ['listening again after', spread(listeningAgain)],
    ['then each was whole again after', spread(recovery)],
    ['the database, it says itself', integrity],
  ]
  const width = Math.max(...rows.map(([name]) => name.length))
  return [
    ...rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`),
    ...report.findings.details.slice(0, DETAILS),
  ].join('\n')
}

/** Several reports side by side, in Markdown. */
export function comparison(reports: Readonly<Record<string, Report>>): string {
  const columns = Object.entries(reports).map(([name, report]) => ({ name, ...summary(report) }))
  const lines: [string, (column: (typeof columns)[number]) => number][] = [
    ['messages sent', ({ sent }) => sent],
    ['acknowledged, not stored', ({ lost }) => lost],
    ['sent, never stored', ({ neverStored }) => neverStored],
    ['stored or shown twice', ({ doubled }) => doubled],
    ['out of order', ({ outOfOrder }) => outOfOrder],
    ['stored, not shown to all', ({ missing }) => missing],
    ['messages shown, over all screens', ({ deliveries }) => deliveries],
  ]
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [
    row(['', ...columns.map(({ name }) => name)]),
    row(['---', ...columns.map(() => '---:')]),
    ...lines.map(([name, value]) => row([name, ...columns.map((column) => number(value(column)))])),
  ].join('\n')
}
