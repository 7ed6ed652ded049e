import { Refusal, type RefusalBody } from '../../protocol/errors.ts'
import { requests, type RequestName } from '../../protocol/index.ts'
import { handlers } from '../handlers.ts'
import type { Outcome } from '../metrics/counting.ts'
import { mistake, newRequestId } from '../requestId.ts'
import type { Context } from './context.ts'
import { isObject, toldToMany } from './parser.ts'

type Callback = (answer: unknown) => void

/** Looks names up in the table itself, never in what it inherits: `constructor` is no request. */
const isRequest = (name: string): name is RequestName => Object.hasOwn(requests, name)

const written: ReadonlySet<string> = new Set<RequestName>([
  'message:send',
  'message:edit',
  'message:delete',
  'message:restore',
])

/** What is written or made stays; it is limited more than what is only asked. */
function limitOf(name: RequestName): 'messages' | 'reactions' | 'rooms' | 'searches' | 'requests' {
  if (name === 'reaction:set' || name === 'poll:vote') return 'reactions'
  if (name === 'search:messages') return 'searches'
  if (written.has(name)) return 'messages'
  return name === 'room:create' || name === 'room:direct' ? 'rooms' : 'requests'
}

/** Whose answers may be long. Of these a connection gets one after the other, as fast as it reads. */
const pages: ReadonlySet<string> = new Set<RequestName>([
  'message:list',
  'message:history',
  'room:sync',
  'room:list',
  'room:members',
  'people:list',
  'people:sync',
  'for-you:list',
  'draft:list',
  'report:list',
  'audit:list',
  'moderation:bans',
  'invite:list',
  'invite:people',
])

/** What many may ask in the same words: the same object is the same answer, checked and encoded once. */
const alike: ReadonlySet<string> = new Set<RequestName>(['room:sync'])
const answers = new WeakMap<object, object>()

/** Everything that arrives on a connection: known? within limits? valid? Then its handler, and always one answer. */
export function serve(context: Context): void {
  const { work } = context.place
  const inTurn = takeTurns(context)
  context.socket.onAny((name: string, ...rest: unknown[]) => {
    const callback = rest.at(-1)
    const answer: Callback = typeof callback === 'function' ? once(callback as Callback) : () => {}
    const since = performance.now()
    const measure = (outcome: Outcome, data?: unknown) =>
      context.place.metrics?.answered(isRequest(name) ? name : 'unknown', outcome, performance.now() - since, data)
    work.handling++
    void admit(context, name)
      .then((request) => {
        const task = () => handle(context, request, rest[0])
        return pages.has(request) ? inTurn(task) : task()
      })
      .then(
        (data) => {
          answer({ ok: true, data })
          measure('ok', data)
        },
        (error: unknown) => {
          const refused = refusal(context, name, error)
          answer({ ok: false, error: refused })
          measure(refused.code)
        },
      )
      .finally(() => work.handling--)
  })
}

/** One task after the other. Between two, the reader takes what the one has brought, and other connections have their turn. */
function takeTurns({ reader }: Context): (task: () => Promise<unknown>) => Promise<unknown> {
  let turn: Promise<unknown> = Promise.resolve()
  const breathe = async () => {
    await reader.keptUp()
    await new Promise(setImmediate)
  }
  return (task) => {
    const done = turn.then(task)
    turn = done.then(breathe, breathe)
    return done
  }
}

async function admit({ place, me, reader }: Context, name: string): Promise<RequestName> {
  // A search does not take its turn: it ends the one before it.
  if ((pages.has(name) || name === 'search:messages') && reader.isBehind())
    throw new Refusal('rate_limited', 'Read first what was sent.', 1_000)
  await place.limits.take(isRequest(name) ? limitOf(name) : 'requests', me.id)
  if (!isRequest(name)) throw new Refusal('unknown_request', 'There is no such request.')
  return name
}

async function handle(context: Context, name: RequestName, given: unknown): Promise<unknown> {
  // Asked before anything is begun: what has begun is still answered.
  if (context.place.work.ending) throw new Refusal('restarting', 'Natter is restarting. Try again in a moment.')
  const input = requests[name].input.safeParse(given)
  if (!input.success) {
    const issue = input.error.issues[0]
    throw new Refusal(
      'invalid',
      issue ? [issue.path.join('.'), issue.message].filter(Boolean).join(': ') : 'Not valid.',
    )
  }
  const handler = handlers[name] as (context: Context, input: unknown) => Promise<unknown>
  const answer = await handler(context, input.data)
  const known = isObject(answer) ? answers.get(answer) : undefined
  if (known) return known
  // Parsed again on the way out: what the table does not name never leaves the server.
  const parsed = requests[name].output.parse(answer)
  if (alike.has(name) && isObject(answer)) answers.set(answer, toldToMany(parsed))
  return parsed
}

function refusal({ place, me, socket }: Context, name: string, error: unknown): RefusalBody {
  if (error instanceof Refusal) return refusalBody(error)
  const facts = { requestId: newRequestId(), request: name.slice(0, 40), personId: me.id, socketId: socket.id }
  return refusalBody(mistake(place.log, facts, error))
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
