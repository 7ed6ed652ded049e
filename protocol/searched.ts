import type { Message } from './messages.ts'

type Searched = Pick<Message, 'body' | 'poll' | 'files'>

/** What of a message is looked through: its text, what its poll lets people vote for, and what its files are called and show. */
export const searchedParts = ({ body, poll, files = [] }: Searched): string[] => [
  body,
  ...(poll?.options ?? []),
  ...files.flatMap(({ name, alt = [] }) => [name, alt].flat()),
]

/** All of that in a row. */
export const searchedText = (message: Searched): string => searchedParts(message).join('\n')
