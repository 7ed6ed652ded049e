import { test as base, expect, type Page } from '@playwright/test'
import { startNatter, type Natter } from './server.ts'

type Fixtures = {
  natter: Natter
  /** Somebody new in a browser of their own, come in and standing in the default room. */
  person: (name: string) => Promise<Page>
}

export const test = base.extend<Fixtures>({
  natter: async ({}, use) => {
    const natter = await startNatter()
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
})
