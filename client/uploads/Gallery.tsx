import { useEffect, useRef, useState, type KeyboardEvent } from 'react'
import type { MessageFile } from '../../protocol/files.ts'
import { adopt } from '../ui/adopt.ts'
import { Button } from '../ui/Button.tsx'
import { Icon } from '../ui/Icon.tsx'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { useFailed } from './useFailed.ts'
import css from './Gallery.css?inline'

adopt(css)

type Props = { pictures: readonly MessageFile[]; first: string; onClose: () => void }

/** The pictures of one message, one at a time and as large as fits, or as large as they are. */
export function Gallery({ pictures, first, onClose }: Props) {
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      pictures.findIndex(({ id }) => id === first),
    ),
  )
  const [isLarge, setLarge] = useState(false)
  const [failed, setFailed] = useFailed()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const opener = document.activeElement
    dialog.current?.showModal()
    return () => {
      if (opener instanceof HTMLElement && opener.isConnected) opener.focus()
    }
  }, [])
  const picture = pictures[at]
  if (!picture) return null
  const { id, name, width, height, alt } = picture
  const isOneOfMany = pictures.length > 1

  function go(steps: number): void {
    setAt((at + steps + pictures.length) % pictures.length)
    setLarge(false)
    setFailed(false)
  }

  function press(event: KeyboardEvent): void {
    // What is below it has shortcuts of its own.
    event.stopPropagation()
    if (event.key === 'ArrowLeft' && !isLarge) go(-1)
    if (event.key === 'ArrowRight' && !isLarge) go(1)
    if (event.key === '+' || event.key === '-') setLarge(event.key === '+')
  }

  return (
    <dialog className="gallery" data-apart ref={dialog} aria-label={alt ?? name} onClose={onClose} onKeyDown={press}>
      <div className="bar">
        <span className="name">
          <bdi>{name}</bdi>
          {isOneOfMany && <small>{more.pictureOf(at + 1, pictures.length)}</small>}
        </span>
        <Button onClick={() => setLarge(!isLarge)}>{isLarge ? more.asLargeAsFits : more.largeAsItIs}</Button>
        <a className="button" href={`/api/files/${id}`} download={name}>
          {more.downloadFile}
        </a>
        <Button look="icon" aria-label={more.close} title={more.close} onClick={() => dialog.current?.close()}>
          <Icon name="close" />
        </Button>
      </div>
      <div className="stage" data-large={isLarge || undefined}>
        {failed ? (
          <p>
            <span role="alert">{more.notLoaded(name)}</span>{' '}
            <Button look="line" onClick={() => setFailed(false)}>
              {words.tryAgain}
            </Button>
          </p>
        ) : (
          <img
            key={id}
            src={`/api/files/${id}`}
            width={width}
            height={height}
            alt={alt ?? name}
            onError={() => setFailed(true)}
          />
        )}
      </div>
      {isOneOfMany && (
        <>
          <Button look="icon" className="button step" aria-label={more.previousPicture} onClick={() => go(-1)}>
            <Icon name="back" />
          </Button>
          <Button look="icon" className="button step next" aria-label={more.nextPicture} onClick={() => go(1)}>
            <Icon name="back" />
          </Button>
        </>
      )}
      {alt && <p className="said">{alt}</p>}
    </dialog>
  )
}
