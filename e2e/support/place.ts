import { expect, type Browser, type Page } from '@playwright/test'
import { box } from './page.ts'
import type { Natter } from './server.ts'

/** The link that only who started the server has seen. */
export async function ownerLink(natter: Natter): Promise<string> {
  const link = () => /To own it, open (\S+)/.exec(natter.output())?.[1] ?? ''
  await expect.poll(link).not.toBe('')
  return link()
}

/** Whoever opens it names the place, and stands in it. `look`: at the page before that. */
export async function own(
  browser: Browser,
  natter: Natter,
  look: (page: Page) => Promise<void> = async () => {},
): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(await ownerLink(natter))
  await expect(page.getByRole('heading', { name: 'It’s quiet here. You’re the first.' })).toBeVisible()
  await look(page)
  await page.getByLabel('What is this place called?').fill('Fernhill Tool Library')
  await page.getByLabel('And what should people call you?').fill('Ada')
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeVisible()
  return page
}

/** Makes a link and returns it, as it is copied. */
export async function invite(
  page: Page,
  choose: (dialog: ReturnType<Page['getByRole']>) => Promise<void> = async () => {},
) {
  const dialog = page.getByRole('dialog', { name: /^Invite people/ })
  await choose(dialog)
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  return dialog.getByRole('textbox', { name: 'Link that lets people in' }).inputValue()
}
