import type { RefusalBody } from '../../protocol/errors.ts'
import { openShelf, OWNER } from '../socket/shelf.ts'
import { more } from '../ui/moreWords.ts'
import type { OutgoingFile } from './files.ts'
import { change, find, isGoing, uploads, type Item } from './items.ts'
import { dropFile, Later, NotTaken, sendFile } from './send.ts'
import { noteKept } from './trays.ts'

/** At the same time. */
const AT_ONCE = 2
/** Before what did not get through is tried again. Milliseconds. */
const AGAIN = [1_000, 3_000, 10_000]

const settled = new Map<string, () => void>()
let running = 0
const queue: string[] = []
const retries = new Map<string, number>()
/** How often each was tried in vain since it last went on. */
const attempts = new Map<string, number>()

function next(): void {
  while (running < AT_ONCE) {
    const local = queue.shift()
    if (local === undefined) return
    running++
    void send(local).finally(() => {
      running--
      next()
    })
  }
}

export function start(local: string): void {
  clearTimeout(retries.get(local))
  if (!queue.includes(local)) queue.push(local)
  next()
}

/** Nobody waits for it any more. */
export function stop(local: string): void {
  clearTimeout(retries.get(local))
  attempts.delete(local)
}

/** The server takes it for the one who is signed in in this browser, whoever that is by now. */
function isTheirTurn({ personId }: Item): boolean {
  const here = openShelf().get(OWNER)
  return personId === '' || here === null || here === personId
}

function isWanted(local: string): boolean {
  const item = find(local)
  return item !== undefined && isTheirTurn(item)
}

async function send(local: string): Promise<void> {
  const item = find(local)
  if (!item || !isGoing(item)) return
  if (!isTheirTurn(item)) return wait(local)
  change(local, { state: 'going' })
  try {
    const { id } = await sendFile({
      ...item,
      onBegun: (begun) => {
        // It was taken back before there was anything to remove.
        if (!find(local)) return dropFile(begun)
        change(local, { id: begun })
        void noteKept(local, { id: begun })
      },
      // What stood in its way does not any more.
      onProgress: (offset) => change(local, { offset, refusal: null }),
      isWanted: () => isWanted(local),
    })
    change(local, { id, offset: item.size, state: 'done', refusal: null })
    // It was taken back meanwhile.
    if (!find(local)) dropFile(id)
  } catch (error) {
    if (error instanceof NotTaken) change(local, { state: 'refused', refusal: error.refusal })
    else if (!(await canBeRead(item.bytes)))
      change(local, { state: 'refused', refusal: { code: 'invalid', message: more.cannotBeRead } })
    else if (find(local)) return wait(local, error instanceof Later ? error.refusal : null)
  }
  stop(local)
  settle(local)
}

function wait(local: string, refusal: RefusalBody | null = null): void {
  change(local, { state: 'waits', refusal })
  const attempt = attempts.get(local) ?? 0
  attempts.set(local, attempt + 1)
  const after = AGAIN[Math.min(attempt, AGAIN.length - 1)]
  retries.set(
    local,
    window.setTimeout(() => start(local), after),
  )
}

/** A folder that was dropped, and a file that was changed or taken away since it was chosen, cannot. */
const canBeRead = (bytes: Blob): Promise<boolean> =>
  bytes
    .slice(0, 1)
    .arrayBuffer()
    .then(
      () => true,
      () => false,
    )

addEventListener('online', () => {
  attempts.clear()
  for (const { local, state } of uploads.all()) if (state === 'waits') start(local)
})

/** Resolves when one of them is there, or never will be. */
export const somethingHappens = (files: readonly OutgoingFile[]): Promise<void> =>
  new Promise((resolve) => {
    for (const { local } of files) settled.set(local, resolve)
    const all = files.map(({ local }) => find(local)?.state)
    if (all.every((state) => state === 'done') || all.includes('refused')) resolve()
  })

/** Whoever waits for it is to look again. */
export function settle(local: string): void {
  settled.get(local)?.()
  settled.delete(local)
}
