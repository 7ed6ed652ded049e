import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { AskFirst } from '../ui/AskFirst.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { usePeopleActions } from './usePeople.ts'

/** The way out, after a question that says what it means. */
export function RemovePerson({ person: { id, name }, onDone }: { person: Person; onDone: () => void }) {
  const { remove } = usePeopleActions()
  const [asked, setAsked] = useState(false)

  async function go() {
    const answer = await remove(id)
    if (answer.ok) onDone()
    return answer
  }

  return (
    <>
      <Button look="danger" onClick={() => setAsked(true)}>
        {more.removeName(name)}
      </Button>
      {asked && (
        <AskFirst
          title={more.removeAsk(name)}
          means={more.removeMeans(name)}
          keep={more.keepName(name)}
          act={more.removeName(name)}
          danger
          onAct={go}
          onClose={() => setAsked(false)}
        />
      )}
    </>
  )
}
