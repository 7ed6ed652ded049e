import { expect, type Page } from '@playwright/test'

type Kept = { name?: string; text?: string; body?: string; roomId?: string; messages?: { body: string }[] }

/** What this browser keeps, and would have still if it were killed now. */
export const kept = (page: Page, what: 'outbox' | 'drafts' | 'pages' | 'wishes' | 'files'): Promise<Kept[]> =>
  page.evaluate(async (name) => {
    const opened = indexedDB.open('natter')
    await new Promise((resolve) => (opened.onsuccess = resolve))
    const found = opened.result.transaction(name).objectStore(name).getAll()
    await new Promise((resolve) => (found.onsuccess = resolve))
    opened.result.close()
    return found.result
  }, what)

/** Waits until everything is there that this page needs without a network, this text included. */
export async function settle(page: Page, text: string): Promise<void> {
  await page.evaluate(async () => void (await navigator.serviceWorker.ready))
  await expect.poll(async () => JSON.stringify(await kept(page, 'pages'))).toContain(text)
}
