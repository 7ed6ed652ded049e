import { words } from '../ui/words.ts'

type Said = { body: string; files?: readonly { type: string }[] | undefined }

/** What stands of a message where its files are not shown: its text, or else that there are some. */
export const gist = ({ body, files }: Said): string => body || (files ? words.files(files) : '')
