import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { InvitePeople } from '../invites/InvitePeople.tsx'
import { PersonDialog } from '../moderation/PersonDialog.tsx'
import { useStore } from '../socket/useSocket.ts'
import { Button } from '../ui/Button.tsx'
import { Field } from '../ui/Field.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { PeoplePage } from './PeoplePage.tsx'
import { PersonRow } from './PersonRow.tsx'
import { useManaged } from './useManaged.ts'
import '../ui/Listing.css'

/** Who is in the place, as what, and what there is to do about them. For those who look after it. */
export function ManagePeople() {
  const list = useManaged()
  const known = useStore(({ people }) => people)
  const [opened, setOpened] = useState<'invite' | Person | null>(null)
  const found = list.pages?.flatMap(({ people, seen }) => people.map((person) => ({ person, seenAt: seen[person.id] })))
  const close = () => setOpened(null)

  return (
    <PeoplePage title={more.people} list={list}>
      <div className="row">
        <div className="wide listing">
          <div className="find">
            <Field
              bare
              type="search"
              label={more.findPerson}
              placeholder={more.findPerson}
              autoComplete="off"
              value={list.query}
              onChange={({ target }) => list.setQuery(target.value)}
            />
            <Button look="ink" onClick={() => setOpened('invite')}>
              {words.invite}
            </Button>
          </div>
          {found?.length === 0 ? (
            <p role="status">{more.nobodyCalled(list.answered ?? '')}</p>
          ) : (
            <table aria-label={more.managePeople}>
              <thead>
                <tr>
                  <th scope="col">{more.theName}</th>
                  <th scope="col">{more.theRole}</th>
                  <th scope="col" className="seen">
                    {more.theLastHere}
                  </th>
                  <th scope="col">
                    <span className="unseen">{more.theActions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {found?.map(({ person, seenAt }) => (
                  <PersonRow
                    key={person.id}
                    person={known[person.id] ?? person}
                    seenAt={seenAt}
                    onProblem={list.setProblem}
                    onMore={setOpened}
                  />
                ))}
              </tbody>
            </table>
          )}
        </div>
      </div>
      {opened === 'invite' && <InvitePeople room={null} onClose={close} />}
      {opened !== null && opened !== 'invite' && <PersonDialog person={opened} room={null} onClose={close} />}
    </PeoplePage>
  )
}
