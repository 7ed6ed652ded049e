import { useRef, type MouseEvent } from 'react'
import type { MessageRow } from '../messages/rows.ts'
import { useInside } from '../reactions/useInside.ts'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { Problem } from '../ui/Problem.tsx'
import { useLinkPreview } from './useLinkPreview.ts'
import css from './LinkPreview.css?inline'

adopt(css)

/** Below a message where its link leads, in one line from the first moment on: the title takes no more room when it comes. */
export function LinkPreview({ row }: { row: MessageRow }) {
  const { preview, mayRemove, refused, remove } = useLinkPreview(row)
  const line = useRef<HTMLDivElement>(null)
  const tabIndex = useInside(line) ? 0 : -1

  function takeAway({ currentTarget }: MouseEvent<HTMLButtonElement>): void {
    currentTarget.closest<HTMLElement>('.message')?.focus()
    void remove()
  }

  return (
    <>
      <div className="link-preview" ref={line} data-apart>
        {preview && (
          <>
            <a
              href={preview.url}
              title={preview.title ?? preview.url}
              target="_blank"
              rel="noopener noreferrer nofollow"
              tabIndex={tabIndex}
            >
              <span className="site">{preview.site}</span>
              {preview.title !== undefined && (
                <>
                  {' · '}
                  <bdi>{preview.title}</bdi>
                </>
              )}
            </a>
            {mayRemove && (
              <Button look="icon" tabIndex={tabIndex} aria-label={more.removePreview(preview.site)} onClick={takeAway}>
                <Icon name="close" />
              </Button>
            )}
          </>
        )}
      </div>
      <Problem>{refused}</Problem>
    </>
  )
}
