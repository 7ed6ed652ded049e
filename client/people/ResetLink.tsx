import { useState } from 'react'
import type { Person } from '../../protocol/people.ts'
import { Button } from '../ui/Button.tsx'
import { LinkToCopy } from '../ui/LinkToCopy.tsx'
import { more } from '../ui/moreWords.ts'
import { usePeopleActions } from './usePeople.ts'

type Props = { person: Person; onProblem: (problem: string | null) => void }

/** Brings back somebody who has lost every way in. */
export function ResetLink({ person: { id, name }, onProblem }: Props) {
  const actions = usePeopleActions()
  const [link, setLink] = useState<string | null>(null)

  async function make() {
    const answer = await actions.link(id)
    if (answer.ok) setLink(answer.link)
    onProblem(answer.ok ? null : answer.error.message)
  }

  if (link !== null) return <LinkToCopy label={more.linkFor(name)} link={link} hint={more.linkForMeans(name)} />
  return (
    <Button look="line" aria-label={more.makeLinkFor(name)} onClick={() => void make()}>
      {more.signInLink}
    </Button>
  )
}
