import { useRef, useState, type SyntheticEvent } from 'react'
import type { MessageFile } from '../../protocol/files.ts'
import type { MessageRow } from '../messages/rows.ts'
import { useInside } from '../reactions/useInside.ts'
import { adopt } from '../ui/adopt.ts'
import { later } from '../ui/later.tsx'
import { more } from '../ui/moreWords.ts'
import { isOutgoing } from './files.ts'
import { Outgoing } from './Outgoing.tsx'
import { PaperIcon } from './PaperIcon.tsx'
import { Picture } from './Picture.tsx'
import { TextFile } from './TextFile.tsx'
import { useFailed } from './useFailed.ts'
import css from './Files.css?inline'

adopt(css)

const Gallery = later(async () => (await import('./Gallery.tsx')).Gallery)

/** What is on its way can be taken back into the box, by `onEdit`. */
type Props = { row: MessageRow; onEdit: (row: MessageRow) => void }

/** The files of a message: pictures first, as they are looked at together; what can be played; and all else to be downloaded. */
export function Files({ row, onEdit }: Props) {
  const files = row.said.files ?? []
  const outgoing = files.filter(isOutgoing)
  if (outgoing.length > 0) return <Outgoing files={outgoing} row={row} onEdit={onEdit} />
  return <Stored files={files.filter((file): file is MessageFile => !isOutgoing(file))} />
}

/** The list of messages is one tab stop: to its files Tab leads from within the message, in the order in which they stand. */
function Stored({ files: stored }: { files: readonly MessageFile[] }) {
  const [opened, open] = useState<string | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const tabIndex = useInside(box) ? 0 : -1
  const pictures = stored.filter(({ width }) => width !== undefined)
  const others = stored.filter(({ width }) => width === undefined)
  return (
    <div className="files" ref={box}>
      {pictures.length > 0 && (
        <div className="pictures" data-many={pictures.length > 1 || undefined}>
          {pictures.map((file) => (
            <Picture key={file.id} file={file} tabIndex={tabIndex} onOpen={() => open(file.id)} />
          ))}
        </div>
      )}
      {others.map((file) => (
        <Other key={file.id} file={file} tabIndex={tabIndex} />
      ))}
      {opened !== null && <Gallery pictures={pictures} first={opened} onClose={() => open(null)} />}
    </div>
  )
}

/** What was recorded by a browser does not say how long it is: whoever looks for its end finds it. */
function findLength({ currentTarget: audio }: SyntheticEvent<HTMLAudioElement>): void {
  if (audio.duration !== Infinity) return
  audio.addEventListener('durationchange', () => void (audio.currentTime = 0), { once: true })
  audio.currentTime = Number.MAX_SAFE_INTEGER
}

function Other({ file, tabIndex }: { file: MessageFile; tabIndex: number }) {
  const { id, name, type, size } = file
  const [failed, setFailed] = useFailed()
  const source = `/api/files/${id}`
  const media = { controls: true, preload: 'metadata', src: source, tabIndex, onError: () => setFailed(true) } as const
  return (
    <>
      {!failed && type.startsWith('video/') && <video aria-label={name} {...media} />}
      {!failed && type.startsWith('audio/') && <audio aria-label={name} {...media} onLoadedMetadata={findLength} />}
      <a className="file" href={source} download={name} tabIndex={tabIndex}>
        <PaperIcon />
        <span>
          <bdi>{name}</bdi>
          <small>{more.kindAndSize(name, size)}</small>
        </span>
      </a>
      {type === 'text/plain' && <TextFile file={file} tabIndex={tabIndex} />}
    </>
  )
}
