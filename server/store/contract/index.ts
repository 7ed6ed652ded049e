import { describe } from 'vitest'
import { batches } from './batches.ts'
import { commits } from './commits.ts'
import { direct } from './direct.ts'
import { edits } from './edits.ts'
import { history } from './history.ts'
import { interleavings } from './interleavings.ts'
import { keys } from './keys.ts'
import { lists } from './lists.ts'
import { messages } from './messages.ts'
import { mine } from './mine.ts'
import { opening } from './opening.ts'
import { people } from './people.ts'
import { reads } from './reads.ts'
import { rooms } from './rooms.ts'
import { sessions } from './sessions.ts'
import type { OpenStore } from './setting.ts'
import { sync } from './sync.ts'

const subjects = {
  opening,
  people,
  sessions,
  lists,
  rooms,
  direct,
  mine,
  messages,
  keys,
  edits,
  history,
  sync,
  commits,
  batches,
  reads,
  interleavings,
}

/** What any store must do: every promise of store.ts, as a test. A store's own tests call this with how to open one. */
export function describeStore(name: string, open: OpenStore): void {
  describe(name, () => {
    for (const [subject, tests] of Object.entries(subjects)) describe(subject, () => tests(open))
  })
}
