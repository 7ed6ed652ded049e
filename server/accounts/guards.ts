import { createAttempts, type Attempts } from './attempts.ts'
import { createChallenges, type Challenges } from './challenges.ts'
import type { Cluster } from '../cluster/cluster.ts'
import type { Config } from '../config.ts'
import type { Log } from '../log.ts'
import { createPasswords, type Passwords } from './passwords.ts'
import { createSignOn, type SignOn } from './signOn.ts'

/** What stands between strangers and other people's names. */
export type Guards = { passwords: Passwords; attempts: Attempts; challenges: Challenges; signOn: SignOn | null }

/** `signOn` where a provider is configured. */
export const createGuards = (config: Config, log: Log, cluster: Cluster): Guards => ({
  passwords: createPasswords(),
  attempts: createAttempts({ cluster }),
  challenges: createChallenges(cluster),
  signOn: config.OIDC_ISSUER === undefined ? null : createSignOn(config, config.OIDC_ISSUER, log, cluster),
})
