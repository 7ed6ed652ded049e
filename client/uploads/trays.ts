import { newKey } from '../messages/newKey.ts'
import type { KeptBytes } from '../socket/database.ts'
import { withDatabase } from '../socket/storage.ts'

/** What stands above a box is its page's own, so that no two tabs send it; a page that is gone leaves it to the next one. */
const page = newKey()
const nameOf = (id: string): string => `natter.page.${id}`

// They exist only on https and localhost. Elsewhere nobody knows which pages are gone, and what is not sent ends with its page.
const locks = globalThis.navigator?.locks as LockManager | undefined

/** Resolves when others can see that this page is there, as long as it is. */
let shown: Promise<void> | undefined
const show = (): Promise<void> =>
  (shown ??= new Promise((ready) => {
    void locks?.request(nameOf(page), () => {
      ready()
      return new Promise(() => {})
    })
  }))

type Kept = Omit<KeptBytes, 'page' | 'at'>

/** These stand above a box, in this order, and shall when this page is gone; but not those that are `isWaiting` no more. */
export async function keepInTray(files: readonly Kept[], isWaiting: (local: string) => boolean): Promise<void> {
  if (!locks || files.some(({ personId }) => personId === '')) return
  await show()
  const now = Date.now()
  for (const [i, file] of files.entries())
    if (isWaiting(file.local))
      await withDatabase((database) => database.putFile({ ...file, page, at: now + i })).catch(() => {})
}

/** What became known of one that is kept. */
export async function noteKept(local: string, what: Partial<Pick<KeptBytes, 'id' | 'alt' | 'draft'>>): Promise<void> {
  const standing = what.draft !== undefined && { page }
  await withDatabase((database) => database.knowFile(local, { ...what, ...standing })).catch(() => {})
}

/** What pages that are gone have left above this box, which is this page's from now on. */
export async function leftInTray(personId: string, draft: string): Promise<KeptBytes[]> {
  if (!locks) return []
  await show()
  // One page at a time: no two of them find the same.
  return locks.request('natter.trays', async () => {
    const { held = [] } = await locks.query()
    const isThere = (id: string) => held.some(({ name }) => name === nameOf(id))
    return withDatabase((database) => database.claimFiles({ personId, draft, page, isThere })).catch(() => [])
  })
}
