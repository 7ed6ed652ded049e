import type { MessageFile } from '../../protocol/files.ts'
import { more } from '../ui/moreWords.ts'
import { words } from '../ui/words.ts'
import { useFailed } from './useFailed.ts'

/** As large as a picture gets in a conversation, in points. */
const WIDEST = 368
const HIGHEST = 384

type Props = { file: MessageFile; tabIndex: number; onOpen: () => void }

/** The box has its size before a byte of the picture is there, and shows roughly what will be in it. */
export function Picture({ file, tabIndex, onOpen }: Props) {
  const { id, name, width = 1, height = 1, blur, moves, alt } = file
  const [failed, setFailed] = useFailed()
  const scale = Math.min(1, WIDEST / width, HIGHEST / height)
  const box = { inlineSize: `${(width * scale) / 16}rem`, aspectRatio: `${width} / ${height}` }
  const small = `/api/files/${id}/small`
  const glimpse = blur ? { backgroundImage: `url(data:image/webp;base64,${blur})` } : {}
  return (
    <button
      type="button"
      className="picture"
      tabIndex={tabIndex}
      style={box}
      aria-label={failed ? `${more.notLoaded(name)} ${words.tryAgain}` : more.openPicture(alt ?? name)}
      onClick={failed ? () => setFailed(false) : onOpen}
    >
      {failed ? (
        <span className="not-loaded">
          {more.notLoaded(name)} <u>{words.tryAgain}</u>
        </span>
      ) : (
        <picture>
          {moves && <source media="(prefers-reduced-motion: reduce)" srcSet={small} />}
          <img
            src={moves ? `/api/files/${id}` : small}
            width={width}
            height={height}
            alt=""
            loading="lazy"
            decoding="async"
            style={glimpse}
            onError={() => setFailed(true)}
          />
        </picture>
      )}
    </button>
  )
}
