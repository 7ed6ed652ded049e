import { useState, type ChangeEvent } from 'react'
import type { Person } from '../../protocol/people.ts'
import { useProfile } from '../people/useProfile.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Section } from '../ui/Section.tsx'

/** How one looks: a picture, or the tile that one was given. */
export function Picture({ me }: { me: Person }) {
  const { setPicture, removePicture } = useProfile()
  const [problem, setProblem] = useState<string | null>(null)

  async function settle(ask: ReturnType<typeof removePicture>) {
    const answer = await ask
    setProblem(answer.ok ? null : answer.error.message)
  }

  function choose({ target }: ChangeEvent<HTMLInputElement>) {
    const file = target.files?.[0]
    if (file) void settle(setPicture(file))
    // The same file may be chosen again, after something went wrong.
    target.value = ''
  }

  return (
    <Section title={more.picture} problem={problem}>
      <div className="picture">
        <Avatar person={me} />
        <label className="button" data-look="line">
          {more.choosePicture}
          <input className="unseen" type="file" accept="image/*" onChange={choose} />
        </label>
        {me.picture && <Button onClick={() => void settle(removePicture())}>{more.removePicture}</Button>}
      </div>
    </Section>
  )
}
