import { PeoplePage } from '../people/PeoplePage.tsx'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { focusTitle } from '../shell/Page.tsx'
import { usePages } from '../socket/usePages.ts'
import { useModerationActions } from './useModeration.ts'

/** Whom the door is shut to, and how it is opened. */
export function Bans() {
  const { bans, lift } = useModerationActions()
  const list = usePages((_, after?: string) => bans(after))
  const people = list.pages?.flatMap((page) => page.people)

  async function open(id: string) {
    const answer = await lift(id)
    if (!answer.ok) return list.setProblem(answer.error.message)
    list.reload()
    focusTitle()
  }

  return (
    <PeoplePage title={more.bannedPeople} list={list} none={people?.length === 0 && more.nobodyBanned}>
      <ul aria-label={more.bannedPeople}>
        {people?.map(({ id, name }) => (
          <li key={id} className="row">
            <bdi className="where">{name}</bdi>
            <div className="wide">
              <span className="acts">
                <Button look="line" onClick={() => void open(id)}>
                  {more.lift(name)}
                </Button>
              </span>
            </div>
          </li>
        ))}
      </ul>
    </PeoplePage>
  )
}
