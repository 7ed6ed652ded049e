import type { Message } from '../../protocol/messages.ts'
import { numberIn } from './numbering.ts'

/** Which of the numbered messages a message is: by its text, and by its key where a deleted one has none. */
export type Keys = {
  remember: (key: string, number: number) => void
  numberOf: (message: Pick<Message, 'key' | 'body'>) => number
}

/** A message that nobody of ours wrote. */
export const NOT_OURS = -1

export function createKeys(): Keys {
  const numbers = new Map<string, number>()
  return {
    remember: (key, number) => void numbers.set(key, number),
    numberOf: ({ key, body }) => numberIn(body) ?? numbers.get(key) ?? NOT_OURS,
  }
}
