import type { ComponentType } from 'react'
import { Redirect } from 'wouter'
import { pages } from '../../protocol/addresses.ts'
import { PlaceEmoji } from '../emoji/PlaceEmoji.tsx'
import { ForYou } from '../forYou/ForYou.tsx'
import { AuditLog } from '../moderation/AuditLog.tsx'
import { Bans } from '../moderation/Bans.tsx'
import { Reports } from '../moderation/Reports.tsx'
import { ManagePeople } from '../people/ManagePeople.tsx'
import { looksAfter } from '../people/ranks.ts'
import { useMe } from '../people/usePeople.ts'
import { PlaceRooms } from '../place/PlaceRooms.tsx'
import { PlaceSettings } from '../place/PlaceSettings.tsx'
import { SavedMessages } from '../saved/SavedMessages.tsx'
import { ScheduledMessages } from '../scheduled/ScheduledMessages.tsx'
import { SearchPage } from '../search/SearchPage.tsx'
import { Settings } from '../settings/Settings.tsx'
import { useStore } from '../socket/useSocket.ts'
import { CatchUp } from '../unread/CatchUp.tsx'
import { Loading } from './Loading.tsx'
import { Missing } from './Missing.tsx'

type Addresses = Readonly<Record<string, ComponentType>>

/** What this browser keeps is shown at once; and what says by itself that it needs a connection. */
const kept: Addresses = { '/catch-up': CatchUp, '/for-you': ForYou, '/search': SearchPage }

const everybodys: Addresses = { '/settings': Settings, '/saved': SavedMessages, '/scheduled': ScheduledMessages }

/** Of those who look after the place. */
const keepers: Addresses = {
  '/place': PlaceSettings,
  '/place/rooms': PlaceRooms,
  '/place/emoji': PlaceEmoji,
  '/people': ManagePeople,
  '/people/reports': Reports,
  '/people/log': AuditLog,
  '/people/bans': Bans,
}

/** What stands beside the rooms under an address of its own. */
export function Pages({ path }: { path: string }) {
  // Before the server is there, or is known not to be, nothing can be asked of it, and who one is by now is not known.
  const settled = useStore(({ link }) => link.phase !== 'connecting' || link.since > 0)
  const me = useMe()
  const address = path.replace(/\/$/, '')
  // Where a link led in there is nothing to see for who is in.
  if (!pages.includes(address)) return <Redirect to="/" replace />
  const Kept = kept[address]
  if (Kept) return <Kept key={address} />
  if (!settled) return <Loading />
  const Asked = everybodys[address] ?? (looksAfter(me) ? keepers[address] : undefined)
  return Asked ? <Asked key={address} /> : <Missing roomId={null} />
}
