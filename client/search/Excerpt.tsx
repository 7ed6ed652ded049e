import type { ReactNode } from 'react'
import { searchedParts } from '../../protocol/searched.ts'
import { signOf } from '../../protocol/mentions.ts'
import { nameIn } from '../mentions/plain.ts'
import { useStore } from '../socket/useSocket.ts'
import { excerptOf, type Piece } from './excerpt.ts'
import type { Hit } from './useSearch.ts'

/** What a message says around the place that was found. */
export function Excerpt({ message, marks }: Hit): ReactNode {
  const people = useStore((state) => state.people)
  const pieces = excerptOf(searchedParts(message), marks, (id) => signOf(id, () => nameIn(people, id)))
  return <Marked pieces={pieces} />
}

/** A text with what was looked for marked in it. */
export const Marked = ({ pieces }: { pieces: readonly Piece[] }): ReactNode =>
  pieces.map(({ text, marked }, i) => (marked ? <mark key={i}>{text}</mark> : text))
