import type { RefusalBody } from '../../protocol/errors.ts'
import type { Answer } from '../../protocol/index.ts'
import type { Message } from '../../protocol/messages.ts'
import type { Entry } from '../messages/outbox.ts'
import type { Ask } from '../socket/request.ts'
import { more } from '../ui/moreWords.ts'
import { isOutgoing } from './files.ts'
import { change, find } from './items.ts'
import { somethingHappens } from './uploading.ts'
import { again, forget, recall } from './uploads.ts'

type Sent = Answer<Message> | { until: Promise<void> }

const no = (error: RefusalBody): Sent => ({ ok: false, error })

/** Sends a message with its files, once they are there; or says what is to be waited for, or why they never will be. */
export async function sendWith({ key, roomId, body, replyTo, files: shown = [] }: Entry, ask: Ask): Promise<Sent> {
  const files = shown.filter(isOutgoing)
  for (const file of files) if (!(await recall(roomId, file))) return no({ code: 'not_found', message: more.fileLost })
  const all = files.flatMap(({ local }) => find(local) ?? [])
  // The message is tried again, and so are they.
  for (const { local, state } of all) if (state === 'stopped') again(local)
  const refused = all.find(({ state }) => state === 'refused')
  if (refused?.refusal) {
    change(refused.local, { state: 'stopped' })
    return no(refused.refusal)
  }
  const there = all.flatMap(({ id, alt, state }) => (state === 'done' && id ? [{ id, ...(alt && { alt }) }] : []))
  if (there.length < files.length) return { until: somethingHappens(files) }
  const answer = await ask('message:send', { key, roomId, body, replyTo, files: there })
  // Only when the page shows what is stored: till then it shows what is here.
  if (answer.ok) setTimeout(() => forget(files))
  // What nobody sends for a day the server drops: at the next try they are begun anew.
  else if (answer.error.code === 'not_found') for (const { local } of all) change(local, { state: 'stopped' })
  return answer
}
