import { PASSING } from '../../protocol/errors.ts'
import type { Answer } from '../../protocol/index.ts'
import type { Connection } from './connect.ts'
import { createWorker, pause, PAUSE } from './request.ts'

type Place = { roomId: string; seq: number }

/** Of one message: what is still to be told to the server, and why the last of it was refused. */
export type Wished<W> = { wishes: readonly W[]; refused: string | null }

/** Whose wishes they are. After a restore of the server another message may stand in the same place: its log is another one. */
export type Owner = { personId: string; logId: string }

/** Where wishes outlive the page, by owner. What cannot be kept is held by the page alone. */
export type WishShelf<W> = {
  /** All that they still wish, whichever tab it was in; null if it cannot be known. */
  all: (owner: Owner) => Promise<readonly W[] | null>
  /** In place of what was wished of the same thing before. Resolves to whether it is kept. */
  put: (owner: Owner, wish: W) => Promise<boolean>
  /** Unless something else is wished of it by now. */
  drop: (owner: Owner, wish: W) => Promise<void>
  /** Somebody wished for it before the page was opened, and may look at something else now. */
  tellRefused: (wish: W, reason: string) => void
}

/** So long it says why something was refused. Milliseconds. */
const SAID = 8_000

/**
 * What I want to be so of a message, as long as the server has not said it. Of each thing (`thingOf`) the newest wish is told: at
 * once, or as soon as there is a connection. Told twice it is still the same, so nothing has to be remembered of what was on its way.
 */
export function createWishes<W extends Place>(
  { store }: Connection,
  thingOf: (wish: W) => string,
  ask: (wish: W) => Promise<Answer<unknown>>,
  shelf?: WishShelf<W>,
) {
  const work = createWorker()
  const listeners = new Set<() => void>()
  const nothing: Wished<W> = { wishes: [], refused: null }
  let messages: Readonly<Record<string, Wished<W>>> = {}
  let owner: Owner | null = null
  /** Those of the page that are on the shelf, and those that it has from there. */
  const kept = new WeakSet<W>()
  const brought = new WeakSet<W>()

  const nameOf = ({ roomId, seq }: Place) => `${roomId} ${seq}`
  const of = (message: Place): Wished<W> => messages[nameOf(message)] ?? nothing
  const all = () => Object.values(messages).flatMap(({ wishes }) => wishes)
  const now = (wish: W) => of(wish).wishes.find((one) => thingOf(one) === thingOf(wish))
  const isOnline = () => store.getState().link.phase === 'online'

  function change(message: Place, wished: Partial<Wished<W>>): void {
    messages = { ...messages, [nameOf(message)]: { ...of(message), ...wished } }
    for (const listener of listeners) listener()
  }

  const add = (wish: W) =>
    change(wish, { wishes: [...of(wish).wishes.filter((one) => thingOf(one) !== thingOf(wish)), wish], refused: null })
  const remove = (wish: W) => change(wish, { wishes: of(wish).wishes.filter((one) => one !== wish) })

  function fulfil(wish: W): void {
    work(`${nameOf(wish)} ${thingOf(wish)}`, () => tell(wish))
  }

  async function tell(what: W): Promise<void> {
    for (;;) {
      const wish = now(what)
      const whose = owner
      if (!wish || !isOnline()) return
      const answer = await ask(wish)
      if (now(wish) !== wish) continue
      if (!answer.ok && PASSING.has(answer.error.code)) {
        if (isOnline()) await pause(answer.error.retryAfter ?? PAUSE)
        continue
      }
      remove(wish)
      if (whose) void shelf?.drop(whose, wish)
      return answer.ok ? undefined : refuse(wish, answer.error.message)
    }
  }

  function refuse(wish: W, refused: string): void {
    if (brought.has(wish)) return shelf?.tellRefused(wish, refused)
    change(wish, { refused })
    setTimeout(() => of(wish).refused === refused && change(wish, { refused: null }), SAID)
  }

  /** The shelf knows best what was wished last, and what another tab has told by now. */
  async function bringBack(): Promise<void> {
    const whose = owner
    const before = all()
    const found = whose && (await shelf?.all(whose))
    if (owner !== whose) return
    if (found) adopt(before, found)
    all().forEach(fulfil)
  }

  function adopt(before: readonly W[], found: readonly W[]): void {
    const isFound = (wish: W) => found.some((one) => JSON.stringify(one) === JSON.stringify(wish))
    for (const wish of before) if (kept.has(wish) && now(wish) === wish && !isFound(wish)) remove(wish)
    for (const wish of found) {
      if (now(wish)) continue
      kept.add(wish)
      brought.add(wish)
      add(wish)
    }
  }

  let wasOnline = false
  function follow(): void {
    const { me, logId } = store.getState()
    const came = me?.id !== owner?.personId || (me && logId !== owner?.logId)
    const isBack = isOnline() && !wasOnline
    wasOnline = isOnline()
    // Nothing is told under another name, nor of what stands in another log.
    if (came) {
      messages = {}
      owner = me && logId !== null ? { personId: me.id, logId } : null
    }
    if (came || isBack) void bringBack()
  }
  store.subscribe(follow)
  follow()

  return {
    of,
    subscribe(listener: () => void): () => void {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    set(wish: W): void {
      add(wish)
      if (owner) void shelf?.put(owner, wish).then((done) => done && kept.add(wish))
      fulfil(wish)
    },
  }
}

/** Those of this tab. */
export function inTab<T>(make: (connection: Connection) => T): (connection: Connection) => T {
  const known = new WeakMap<Connection, T>()
  return (connection) => {
    const one = known.get(connection) ?? make(connection)
    known.set(connection, one)
    return one
  }
}
