import type { MessageFile } from '../../protocol/files.ts'

/** A file of a message that waits to be sent. Its bytes are known by `local` in this browser, and by another id on the server. */
export type OutgoingFile = { local: string; name: string; type: string; size: number; alt: string }

/** A file as a message shows it: stored, or on its way. */
export type ShownFile = MessageFile | OutgoingFile

export const isOutgoing = (file: ShownFile): file is OutgoingFile => 'local' in file

/** A name that the server takes, and that still says what it is. */
export function shortened(name: string, most: number): string {
  const plain = name.toWellFormed().replaceAll('\0', '')
  if (plain.length <= most) return plain || 'File'
  const ending = /\.\w{1,8}$/.exec(plain)?.[0] ?? ''
  return plain.slice(0, most - ending.length).toWellFormed() + ending
}
