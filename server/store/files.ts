import type { MessageFile } from '../../protocol/files.ts'

/** A file as it is kept: its bytes lie beside the store. */
export type KeptFile = {
  file: MessageFile
  /** The name under which its bytes lie: its own id, or that of the file that was forwarded. */
  bytes: string
  roomId: string
  uploaderId: string
  /** All its bytes are there, and what they are is known. */
  isReady: boolean
  /** The message that it belongs to, or null before it is sent. */
  seq: number | null
  /** Its message is deleted, and can perhaps be put back. */
  isGone: boolean
}

/** What is known of a file once its bytes are there. */
export type Finished = Pick<MessageFile, 'name' | 'type' | 'size'> & Partial<Omit<MessageFile, 'id' | 'alt'>>

/** Bytes: of one person's files, of all files. `unsent`: how many uploads of one person wait at most. */
export type FileLimits = { unsent: number; mine: number; all: number }

export type Files = {
  /**
   * Makes room for a file that somebody will send to a room. Refused: `not_found` for who is not in the room; `forbidden` for
   * who has so many unsent ones, or for whom there is no room within the limits.
   */
  begin: (upload: {
    roomId: string
    uploaderId: string
    name: string
    size: number
    limits: FileLimits
  }) => Promise<KeptFile>
  get: (id: string) => Promise<KeptFile | null>
  /** It can be sent. Twice is once. Refused: `not_found`. */
  finish: (id: string, finished: Finished) => Promise<KeptFile>
  /** One that is not sent is no more; of any other nothing changes. Twice is once. */
  drop: (id: string) => Promise<void>
  /** So does what was begun before then and not sent. Milliseconds since the Unix epoch. */
  dropUnsent: (before: number) => Promise<void>
  /** Of these names, those under which there are bytes of some file. */
  known: (ids: readonly string[]) => Promise<string[]>
  /** At most so many names of bytes that belong to no file now, whatever the reason, and that may still be there. */
  lost: (limit: number) => Promise<string[]>
  /** Their bytes are gone as well. */
  forget: (ids: readonly string[]) => Promise<void>
}
