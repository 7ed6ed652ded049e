import type { LookupAddress } from 'node:dns'
import { Resolver } from 'node:dns/promises'

/** Until a name server is asked once more, and how often it is in all: less than a page may take. Milliseconds. */
const PATIENCE = { timeout: 1_000, tries: 2 }

/** The addresses that a name leads to. Rejects where it leads nowhere. */
export type LookUp = (name: string) => Promise<LookupAddress[]>

/**
 * Asks the name servers themselves, and not the system: that answers one question in each of the few threads that read files and
 * check passwords as well, and a slow name server would hold up all of them. What /etc/hosts says is for this machine, and nobody's
 * page.
 */
export function createLookUp(servers?: readonly string[]): LookUp {
  const resolver = new Resolver(PATIENCE)
  if (servers) resolver.setServers(servers)
  return async (name) => {
    const [four, six] = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)])
    if (four.status === 'rejected' && six.status === 'rejected') throw four.reason
    const found = (answer: typeof four, family: 4 | 6) =>
      answer.status === 'fulfilled' ? answer.value.map((address) => ({ address, family })) : []
    return [...found(four, 4), ...found(six, 6)]
  }
}
