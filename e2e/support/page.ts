import { expect, type Locator, type Page } from '@playwright/test'

/** What people see and use, by role and name. */
export const box = (page: Page) => page.getByRole('textbox', { name: /^Message / })
export const list = (page: Page) => page.getByRole('region', { name: /^Messages in / })
export const message = (page: Page, text: string | RegExp) => list(page).getByRole('listitem').filter({ hasText: text })
/** What is not sent yet. */
export const waiting = (page: Page) => list(page).locator('[data-state=waiting], [data-state=sending]')
export const rooms = (page: Page) => page.getByRole('navigation', { name: 'Rooms and people' })
export const room = (page: Page, name: string | RegExp) => rooms(page).getByRole('link', { name })

export async function comeIn(page: Page, url: string, name: string): Promise<void> {
  await page.goto(url)
  await page.getByLabel('What should people call you?').fill(name)
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeVisible()
}

export async function write(page: Page, text: string): Promise<void> {
  await box(page).fill(text)
  await box(page).press('Enter')
}

/** Opens a page by its link beside the rooms. */
export async function openPage(page: Page, link: string | RegExp, title = link): Promise<Locator> {
  await rooms(page).getByRole('link', { name: link }).click()
  const opened = page.getByRole('main', { name: title })
  await opened.waitFor()
  return opened
}

export const openSettings = (page: Page) => openPage(page, 'You and your devices')

/** Opens the conversation of two with somebody who is in the list. */
export async function talkTo(page: Page, name: string): Promise<void> {
  await room(page, name).or(rooms(page).getByRole('button', { name })).first().click()
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** Makes a room and stands in it. */
export async function makeRoom(page: Page, name: string): Promise<void> {
  await rooms(page).getByRole('button', { name: 'Make or find a room' }).click()
  await page.getByRole('dialog').getByRole('textbox', { name: 'Name of the new room' }).fill(name)
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { level: 1, name }).waitFor()
}

/** Every headless tab says that it is visible and has the focus: this one looks away, or back. */
export async function look(page: Page, here: boolean): Promise<void> {
  await page.evaluate((visible) => {
    document.hasFocus = () => visible
    Object.defineProperty(document, 'visibilityState', { value: visible ? 'visible' : 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
    dispatchEvent(new Event(visible ? 'focus' : 'blur'))
  }, here)
}
