import type { Message } from './messages.ts'

type Searched = Pick<Message, 'body' | 'poll' | 'files' | 'preview'>

/**
 * What of a message is looked through: its text, what its poll lets people vote for, what its files are called and show, and what
 * the page is called that it links to.
 */
export const searchedParts = ({ body, poll, files = [], preview }: Searched): string[] => [
  body,
  ...(poll?.options ?? []),
  ...files.flatMap(({ name, alt = [] }) => [name, alt].flat()),
  ...(preview?.title === undefined ? [] : [preview.title]),
]

/** All of that in a row. */
export const searchedText = (message: Searched): string => searchedParts(message).join('\n')
