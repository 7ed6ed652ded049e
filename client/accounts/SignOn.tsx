import { useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { beginSignOn } from './api.ts'

type Props = {
  /** What people call the provider. */
  name: string
  invite?: string | undefined
}

/** To the provider that vouches for people here. It sends the browser back to /sso. */
export function SignOn({ name, invite }: Props) {
  const [problem, setProblem] = useState<string | null>(null)

  async function go() {
    const answer = await beginSignOn(invite)
    if (answer.ok) location.assign(answer.data.url)
    else setProblem(answer.error.message)
  }

  return (
    <div className="sign-on">
      <Button look="line" onClick={() => void go()}>
        {more.goOnWith(name)}
      </Button>
      <Problem>{problem}</Problem>
    </div>
  )
}
