import { Refusal, type RefusalBody } from '../../protocol/errors.ts'
import { requests, type RequestName } from '../../protocol/index.ts'
import { handlers } from '../handlers.ts'
import type { Context } from './context.ts'

type Callback = (answer: unknown) => void

/** Looks names up in the table itself, never in what it inherits: `constructor` is no request. */
const isRequest = (name: string): name is RequestName => Object.hasOwn(requests, name)

/** What is written or made stays; it is limited more than what is only asked. */
function limitOf(name: RequestName): 'messages' | 'rooms' | 'requests' {
  if (name === 'message:send' || name === 'message:edit' || name === 'message:delete') return 'messages'
  return name === 'room:create' || name === 'room:direct' ? 'rooms' : 'requests'
}

/** Everything that arrives on a connection: known? valid? within limits? Then its handler, and always one answer. */
export function serve(context: Context): void {
  context.socket.onAny((name: string, ...rest: unknown[]) => {
    const callback = rest.at(-1)
    const answer: Callback = typeof callback === 'function' ? once(callback as Callback) : () => {}
    void handle(context, name, rest[0]).then(
      (data) => answer({ ok: true, data }),
      (error: unknown) => answer({ ok: false, error: refusal(context, name, error) }),
    )
  })
}

async function handle(context: Context, name: string, given: unknown): Promise<unknown> {
  const { place, me } = context
  if (!isRequest(name)) throw new Refusal('unknown_request', 'There is no such request.')
  await place.limits.take(limitOf(name), me.id)
  const input = requests[name].input.safeParse(given)
  if (!input.success) {
    const issue = input.error.issues[0]
    throw new Refusal(
      'invalid',
      issue ? [issue.path.join('.'), issue.message].filter(Boolean).join(': ') : 'Not valid.',
    )
  }
  const handler = handlers[name] as (context: Context, input: unknown) => Promise<unknown>
  // Parsed again on the way out: what the table does not name never leaves the server.
  return requests[name].output.parse(await handler(context, input.data))
}

function refusal({ place, me }: Context, request: string, error: unknown): RefusalBody {
  if (error instanceof Refusal) return refusalBody(error)
  place.log.error('request failed', { request: request.slice(0, 40), personId: me.id, error: String(error) })
  return { code: 'internal', message: 'Something went wrong on the server.' }
}

/** The part of a refusal that crosses the wire. */
export function refusalBody({ code, message, retryAfter }: Refusal): RefusalBody {
  return retryAfter === undefined ? { code, message } : { code, message, retryAfter }
}

/** Socket.IO throws when a callback is called twice or its connection is gone; an answer must never end the process. */
function once(callback: Callback): Callback {
  let called = false
  return (value) => {
    if (called) return
    called = true
    callback(value)
  }
}
