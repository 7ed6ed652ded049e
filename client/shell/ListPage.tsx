import type { ReactNode } from 'react'
import type { usePages } from '../socket/usePages.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { Skeleton } from '../ui/Skeleton.tsx'
import { useLate } from '../ui/useLate.ts'
import { Page } from './Page.tsx'

export type Listed = Pick<ReturnType<typeof usePages>, 'pages' | 'problem' | 'showMore'>

type Props = {
  title: string
  /** The class of what is on it. */
  name: string
  /** What is on it, as far as it was asked for. */
  list: Listed
  /** What is said where there is nothing on it. */
  none?: string | false | undefined
  children: ReactNode
}

/** A page of what is asked for in pages. */
export function ListPage({ title, name, list: { pages, problem, showMore }, none, children }: Props) {
  const isWaiting = pages === null && problem === null
  const waiting = useLate(isWaiting)
  return (
    <Page title={title} name={name} busy={isWaiting}>
      {children}
      {none && (
        <div className="row">
          <p className="wide hint">{none}</p>
        </div>
      )}
      {waiting && <Skeleton />}
      {(problem !== null || showMore) && (
        <div className="row">
          <div className="wide end">
            <Problem>{problem}</Problem>
            {showMore && (
              <Button look="line" onClick={showMore}>
                {more.more}
              </Button>
            )}
          </div>
        </div>
      )}
    </Page>
  )
}
