import type { RequestName } from '../../protocol/index.ts'
import type { RefusalCode } from '../../protocol/errors.ts'

export type Outcome = 'ok' | RefusalCode

/** What has happened since the start, in plain numbers: counting costs nothing, and is added up when somebody asks. */
export type Counts = {
  sent: number
  deliveries: number
  /** To connections that have ended. */
  packets: number
  resets: number
  /** `unknown`: whatever is no request. What a stranger makes up is no name here. */
  requests: Map<RequestName | 'unknown', Map<Outcome, number>>
}

export const nothingYet = (): Counts => ({ sent: 0, deliveries: 0, packets: 0, resets: 0, requests: new Map() })

export function countRequest({ requests }: Counts, name: RequestName | 'unknown', outcome: Outcome): void {
  let outcomes = requests.get(name)
  if (!outcomes) requests.set(name, (outcomes = new Map<Outcome, number>()))
  outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
}
