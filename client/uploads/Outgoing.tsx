import type { MessageRow } from '../messages/rows.ts'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'
import type { OutgoingFile } from './files.ts'
import { PaperIcon } from './PaperIcon.tsx'
import { Preview } from './Preview.tsx'
import { isGoing, isPicture, uploads } from './items.ts'
import { useTakeBack } from './useTakeBack.ts'
import { useUploads } from './useUploads.ts'

type Props = { files: readonly OutgoingFile[]; row: MessageRow; onEdit: (row: MessageRow) => void }

/** Files of a message that waits for them: not on the server yet, or not in a message. They stand as they will once it is sent. */
export function Outgoing({ files, row, onEdit }: Props) {
  const items = useUploads()
  const takeBack = useTakeBack(onEdit)
  const known = files.flatMap(({ local }) => items.find((item) => item.local === local) ?? [])
  const pictures = known.filter(isPicture)
  const others = files.filter(({ local }) => !pictures.some((item) => item.local === local))
  const size = known.reduce((sum, item) => sum + item.size, 0)
  const offset = known.reduce((sum, item) => sum + item.offset, 0)
  const going = known.some(isGoing)
  const trouble = known.find(({ state, refusal }) => state === 'waits' && refusal)?.refusal
  const isOurs = ({ local }: OutgoingFile) => files.some((file) => file.local === local)

  function cancel(): void {
    // Once all of it is there, its message may be there as well.
    if (!uploads.all().some((item) => isOurs(item) && isGoing(item))) return
    takeBack(row)
  }

  return (
    <div className="files" data-outgoing>
      {pictures.length > 0 && (
        <div className="pictures" data-many={pictures.length > 1 || undefined}>
          {pictures.map((item) => (
            <div className="picture" key={item.local}>
              <Preview item={item} side={800} />
              <span className="unseen">
                <Called file={item} />
              </span>
            </div>
          ))}
        </div>
      )}
      {others.map((file) => (
        <div className="file" key={file.local}>
          <PaperIcon />
          <span>
            <Called file={file} />
          </span>
        </div>
      ))}
      {going && (
        <div className="going">
          <small>{trouble?.message ?? more.uploading(size === 0 ? 0 : Math.floor((100 * offset) / size))}</small>
          <Button onClick={cancel}>{more.cancelUpload}</Button>
        </div>
      )}
      {going && known.some(({ isKept }) => !isKept) && <small>{more.keepOpen}</small>}
    </div>
  )
}

const Called = ({ file: { name, size } }: { file: OutgoingFile }) => (
  <>
    <bdi>{name}</bdi>
    <small>{more.kindAndSize(name, size)}</small>
  </>
)
