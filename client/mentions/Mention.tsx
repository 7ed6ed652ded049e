import { isCall, signOf } from '../../protocol/mentions.ts'
import { useStore } from '../socket/useSocket.ts'
import { nameIn } from './plain.ts'
import './Mention.css'

type Props = { id: string; token: string; counts: boolean; toYou: boolean }

/** A token of somebody who is not in the room looks like any other word. */
export function Mention({ id, token, counts, toYou }: Props) {
  const sign = useStore(({ people }) => signOf(id, () => nameIn(people, id)))
  const isMe = useStore(({ me }) => id === me?.id || isCall(id))
  return counts && sign ? (
    <bdi className="mention" data-me={(toYou && isMe) || undefined}>
      {sign}
    </bdi>
  ) : (
    (sign ?? token)
  )
}
