import { partsOf } from '../../protocol/mentions.ts'
import { calmed } from '../ui/calmed.ts'
import { Mention } from './Mention.tsx'

type Props = {
  body: string
  /** Whom it mentions; null as long as the server has not said so. */
  mentions: readonly string[] | null
  toYou: boolean
}

/** What a message says, sign by sign. Names follow their people, who may be called otherwise by now. */
export function MessageText({ body, mentions, toYou }: Props) {
  return partsOf(calmed(body)).map((part, i) =>
    typeof part === 'string' ? (
      part
    ) : (
      <Mention
        key={i}
        id={part.mention}
        token={part.token}
        counts={mentions === null || mentions.includes(part.mention)}
        toYou={toYou}
      />
    ),
  )
}
