import type { Message } from './messages.ts'

/** What of a message is looked through: its text, what its poll lets people vote for, and what its files are called and show. */
export const searchedText = ({ body, poll, files = [] }: Pick<Message, 'body' | 'poll' | 'files'>): string =>
  [body, ...(poll?.options ?? []), ...files.flatMap(({ name, alt = [] }) => [name, alt].flat())].join('\n')
