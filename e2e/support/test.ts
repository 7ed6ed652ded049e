import { rmSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'
import { connect, type Client } from './client.ts'
import { copyProject } from './copy.ts'
import { startNatter, ways, type Natter, type Way } from './server.ts'

type Fixtures = {
  /** What Natter is started with, beyond its defaults: `test.use({ environment: { JOIN: 'closed' } })`. */
  environment: Record<string, string>
  /** Which command starts it. */
  way: Way
  natter: Natter
  /** Somebody new in a browser of their own, come in and standing in the default room. */
  person: (name: string) => Promise<Page>
  /** Somebody new without a browser, standing in the default room. */
  client: (name: string) => Promise<Client>
  /** The folder of a copy of the project, where it may be changed. */
  project: string
}

/** For whoever has only the log of a test that failed: where a page ended, and the last that it showed. */
async function describe(page: Page): Promise<void> {
  const shown = await page.locator('body').ariaSnapshot({ timeout: 2_000 }).catch(String)
  console.log([page.url(), ...shown.split('\n').slice(-60)].join('\n'))
}

export const test = base.extend<Fixtures>({
  environment: [{}, { option: true }],
  way: [ways.server, { option: true }],
  natter: async ({ environment, way }, use) => {
    const natter = await startNatter(environment, { way })
    await use(natter)
    await natter.stop()
  },
  person: async ({ natter, browser }, use, info) => {
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = []
    await use(async (name) => {
      const context = await browser.newContext()
      contexts.push(context)
      const page = await context.newPage()
      // Through the door, and not past its page: that one has tests of its own.
      const headers = { Origin: natter.url }
      await expect(await context.request.post(`${natter.url}/api/people`, { data: { name }, headers })).toBeOK()
      await page.goto(natter.url)
      await expect(page.getByRole('textbox', { name: /^Message / })).toBeVisible()
      return page
    })
    if (info.status !== info.expectedStatus)
      for (const context of contexts) for (const page of context.pages()) await describe(page)
    for (const context of contexts) await context.close()
  },
  client: async ({ natter }, use) => {
    const clients: Client[] = []
    await use(async (name) => {
      const client = await connect(natter.url, name)
      clients.push(client)
      return client
    })
    for (const one of clients) one.close()
  },
  project: async ({}, use) => {
    const copy = copyProject()
    await use(copy)
    rmSync(copy, { recursive: true, force: true })
  },
})
