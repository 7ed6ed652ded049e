import { z } from 'zod'
import { ALT_LENGTH, FILE_NAME_LENGTH, MESSAGE_FILES } from './limits.ts'
import { madeUp, text } from './text.ts'

export const FileId = madeUp(40)

const Alt = text(ALT_LENGTH)

/** A file of a message, as everybody in its room receives it. Its bytes are at `/api/files/<id>`, for who may read the message. */
export const MessageFile = z
  .object({
    id: FileId,
    /** As its sender called it: text, never a path. */
    name: z.string(),
    /** What its bytes are; `application/octet-stream` for whatever is only to be downloaded. */
    type: z.string(),
    /** Bytes. */
    size: z.int(),
    /** Of a picture, in pixels: a small one of it is at `/api/files/<id>/small`. */
    width: z.int().optional(),
    height: z.int().optional(),
    /** Of a picture: so little of it that it comes with the message, a WebP of a few pixels, in base64. */
    blur: z.string().optional(),
    /** A picture that moves. */
    moves: z.boolean().optional(),
    /** What is to be seen, for those who cannot. */
    alt: z.string().optional(),
  })
  .meta({ id: 'MessageFile', description: 'A file of a message, as everybody in its room receives it.' })
export type MessageFile = z.infer<typeof MessageFile>

/** Which of one's uploads a message takes along, in this order. */
export const SentFiles = z
  .array(z.object({ id: FileId, alt: Alt.optional() }))
  .min(1)
  .max(MESSAGE_FILES)
  .refine((files) => new Set(files.map(({ id }) => id)).size === files.length, 'Each file is sent once.')
export type SentFiles = z.infer<typeof SentFiles>

/** What is said of a file before its bytes: POST /api/uploads. Then PATCH /api/uploads/<id> with them, from `Upload-Offset` on. */
export const BeginUpload = z.object({ roomId: z.string().max(40), name: text(FILE_NAME_LENGTH), size: z.int().min(0) })

/** How far it is; `file` once it can be sent. */
export const Upload = z.object({ id: FileId, size: z.int(), offset: z.int(), file: MessageFile.optional() })
export type Upload = z.infer<typeof Upload>

/** How files come and go, by HTTP beside the socket, with the same cookie and `Origin`. For the protocol's README. */
export const FILES_BY_HTTP = [
  [
    'POST /api/uploads',
    'Begin one, with `{ roomId, name, size }` as JSON, in a room that one may write in. Answers 201 with `{ id, size, offset }`.',
  ],
  [
    'PATCH /api/uploads/<id>',
    'Its bytes, as they are, from the offset that the header `Upload-Offset` says, which is where it stands. Answers `{ id, size, offset, file? }`; `file` (MessageFile) once it is whole and was looked at: now it can be sent.',
  ],
  [
    'GET /api/uploads/<id>',
    'How far it is, answered as above: after a cut, go on with a PATCH from its `offset`. The newest connection goes on; one that is cut off by it is refused with `conflict`, as is an offset where it does not stand.',
  ],
  ['DELETE /api/uploads/<id>', 'Drop one that is not sent.'],
  [
    'GET /api/files/<id>',
    'The bytes of a file, for who may read its message; until it is sent, for who uploads it. One range at a time (`Range`), `If-None-Match` and HEAD work.',
  ],
  ['GET /api/files/<id>/small', 'A small one of a picture, of a file that has a `width`, as WebP.'],
] as const
