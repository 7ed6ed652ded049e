import { useLocation } from 'wouter'
import type { Answer } from '../../protocol/index.ts'
import type { NewPoll } from '../../protocol/messages.ts'
import type { Along } from '../messages/outbox.ts'
import type { Asked } from '../polls/asked.ts'
import { useAlertActions } from '../push/usePush.ts'
import { useRoomActions } from '../rooms/useRoomActions.ts'
import { useSocket, useStore } from '../socket/useSocket.ts'
import { more } from '../ui/moreWords.ts'
import { exactTimeOf } from '../ui/time.ts'
import { words } from '../ui/words.ts'
import { personIn, type Hands, type Outcome } from './commands.ts'

/** Nothing more to say where it was done: one sees it. */
const told = (answer: Answer<unknown>, said?: string): Outcome =>
  answer.ok ? { ...(said !== undefined && { said }) } : { problem: answer.error.message }

type Given = {
  roomId: string
  say: (text: string, along?: Along) => boolean
  named: (text: string) => string
  compose: (asked: Asked) => void
  help: () => void
}

/** What commands do their work with, in this room. */
export function useCommands({ roomId, say, named, compose, help }: Given) {
  const { request, send, now } = useSocket()
  const { setTopic, add, gather } = useRoomActions()
  const { mute } = useAlertActions(roomId)
  const known = useStore(({ people }) => people)
  const [, navigate] = useLocation()

  const taken = (isTaken: boolean): Outcome => (isTaken ? {} : { problem: words.outboxFull.many })
  const put = (question: string, poll: NewPoll) => taken(say(named(question), { poll }))

  const hands: Hands = {
    say: (text) => taken(say(named(text))),
    ask: ({ question, options }) => put(question, { options, multiple: false }),
    compose(asked) {
      compose(asked)
      return { open: true }
    },
    setTopic: async (topic) => told(await setTopic(roomId, topic)),
    async find(text) {
      const [query = ''] = text.replace(/^@/, '').split(/\s/, 1)
      if (!query) return null
      const answer = await request('people:list', { query })
      return personIn(text, answer.ok ? answer.data.people : Object.values(known))
    },
    invite: async ({ id, name }) => told(await add(roomId, id), more.wasBroughtIn(name)),
    async write({ id }, text) {
      const answer = await gather([id])
      if (!answer.ok) return { problem: answer.error.message }
      const { id: direct } = answer.data.room
      const full = text ? send(direct, named(text)) : null
      if (full) return { problem: words.outboxFull[full] }
      navigate(`/r/${direct}`)
      return {}
    },
    mute: async (milliseconds) => told(await mute(milliseconds), more.isMutedUntil(exactTimeOf(now() + milliseconds))),
    help() {
      help()
      return {}
    },
  }
  return { hands, put }
}
