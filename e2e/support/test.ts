import { rmSync } from 'node:fs'
import { test as base, expect, type Page } from '@playwright/test'
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
  /** The folder of a copy of the project, where it may be changed. */
  project: string
}

export const test = base.extend<Fixtures>({
  environment: [{}, { option: true }],
  way: [ways.server, { option: true }],
  natter: async ({ environment, way }, use) => {
    const natter = await startNatter(environment, { way })
    await use(natter)
    await natter.stop()
  },
  person: async ({ natter, browser }, use) => {
    const contexts: Awaited<ReturnType<typeof browser.newContext>>[] = []
    await use(async (name) => {
      const context = await browser.newContext()
      contexts.push(context)
      const page = await context.newPage()
      await page.goto(natter.url)
      await page.getByLabel('What should people call you?').fill(name)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('textbox', { name: /^Message / })).toBeVisible()
      return page
    })
    for (const context of contexts) await context.close()
  },
  project: async ({}, use) => {
    const copy = copyProject()
    await use(copy)
    rmSync(copy, { recursive: true, force: true })
  },
})
