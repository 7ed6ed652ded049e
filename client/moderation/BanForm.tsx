import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { Asked } from '../ui/Asked.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import type { Settle } from './PersonDialog.tsx'
import { useModerationActions } from './useModeration.ts'

/** So long an address stays shut. */
const DAYS = 30

/** Shuts the door behind somebody, and opens it again. */
export function BanForm({ person, banned, settle }: { person: Person; banned: boolean; settle: Settle }) {
  const { ban, lift } = useModerationActions()
  const [address, setAddress] = useState(false)
  const [note, setNote] = useState<string | null>(null)
  const { id, name } = person

  async function go() {
    const answer = ban(id, address ? DAYS : null)
    await settle(answer)
    const done = await answer
    setNote(done.ok && address && !done.data.address ? more.noAddress(name) : null)
  }

  if (banned) {
    return (
      <section>
        <p>{more.isBanned(name)}</p>
        {note && <p role="status">{note}</p>}
        <Button look="line" onClick={() => void settle(lift(id))}>
          {more.lift(name)}
        </Button>
      </section>
    )
  }
  return (
    <section>
      <Asked
        label={more.ban(name)}
        means={more.banMeans(name)}
        keep={more.keepName(name)}
        act={more.ban(name)}
        onAct={() => void go()}
      >
        <label>
          <input type="checkbox" checked={address} onChange={({ target }) => setAddress(target.checked)} />{' '}
          {more.banAddress(DAYS)}
        </label>
      </Asked>
    </section>
  )
}
