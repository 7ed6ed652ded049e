import { describe } from 'vitest'
import { archive } from './archive.ts'
import { accounts } from './accounts.ts'
import { identities } from './identities.ts'
import { audit } from './audit.ts'
import { authority } from './authority.ts'
import { batches } from './batches.ts'
import { blocks } from './blocks.ts'
import { commits } from './commits.ts'
import { direct } from './direct.ts'
import { drafts } from './drafts.ts'
import { edits } from './edits.ts'
import { emoji } from './emoji.ts'
import { files } from './files.ts'
import { favourites } from './favourites.ts'
import { forwards } from './forwards.ts'
import { history } from './history.ts'
import { interleavings } from './interleavings.ts'
import { invites } from './invites.ts'
import { keys } from './keys.ts'
import { lists } from './lists.ts'
import { mentions } from './mentions.ts'
import { messages } from './messages.ts'
import { mine } from './mine.ts'
import { moderation } from './moderation.ts'
import { opening } from './opening.ts'
import { people } from './people.ts'
import { pins } from './pins.ts'
import { place } from './place.ts'
import { push } from './push.ts'
import { polls } from './polls.ts'
import { previews } from './previews.ts'
import { profiles } from './profiles.ts'
import { purges } from './purges.ts'
import { reactions } from './reactions.ts'
import { reads } from './reads.ts'
import { reminders } from './reminders.ts'
import { replies } from './replies.ts'
import { reports } from './reports.ts'
import { restoring } from './restoring.ts'
import { roles } from './roles.ts'
import { rooms } from './rooms.ts'
import { saved } from './saved.ts'
import { search } from './search.ts'
import { searchFilters } from './searchFilters.ts'
import { sessions } from './sessions.ts'
import { scheduled } from './scheduled.ts'
import { settings } from './settings.ts'
import type { OpenStore } from './setting.ts'
import { sync } from './sync.ts'
import { versions } from './versions.ts'
import { writing } from './writing.ts'

const subjects = {
  opening,
  people,
  profiles,
  settings,
  scheduled,
  reminders,
  drafts,
  place,
  roles,
  authority,
  invites,
  sessions,
  accounts,
  identities,
  lists,
  rooms,
  direct,
  archive,
  writing,
  favourites,
  mine,
  messages,
  replies,
  pins,
  saved,
  files,
  emoji,
  mentions,
  reactions,
  polls,
  previews,
  forwards,
  keys,
  edits,
  versions,
  restoring,
  history,
  search,
  searchFilters,
  sync,
  commits,
  batches,
  push,
  reads,
  interleavings,
  moderation,
  purges,
  reports,
  blocks,
  audit,
}

/** Which part of them, from 0 on, of how many: files are run beside one another. */
type Part = { part: number; of: number }

/** What any store must do: every promise of store.ts, as a test. A store's own tests call this with how to open one. */
export function describeStore(name: string, open: OpenStore, { part, of }: Part = { part: 0, of: 1 }): void {
  describe(name, () => {
    for (const [i, [subject, tests]] of Object.entries(subjects).entries())
      if (i % of === part) describe(subject, () => tests(open))
  })
}
