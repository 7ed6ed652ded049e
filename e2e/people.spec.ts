import { expect, type Page } from '@playwright/test'
import { test } from './support/test.ts'

const box = (page: Page) => page.getByRole('textbox', { name: /^Message / })
const rooms = (page: Page) => page.getByRole('navigation', { name: 'Rooms and people' })
const write = async (page: Page, text: string) => {
  await box(page).fill(text)
  await box(page).press('Enter')
}

test('a name that looks like somebody’s is refused in words', async ({ natter, person, browser }) => {
  await person('Maya')
  const page = await (await browser.newContext()).newPage()
  await page.goto(natter.url)
  await page.getByLabel('What should people call you?').fill('Mауа')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/There's already a M.* here/)).toBeVisible()
})

test('who is writing is said within a second, never to oneself, and goes when the message comes', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await box(bob).pressSequentially('I was thin')
  await expect(ann.getByText('Bob is writing')).toBeVisible({ timeout: 1_000 })
  await expect(bob.getByText('Bob is writing')).toHaveCount(0)
  await box(bob).press('Enter')
  await expect(ann.getByText('Bob is writing')).toHaveCount(0)
})

test('a private message reaches the one it is for, also later, and nobody else', async ({ natter, person }) => {
  const [ann, bob, eve] = [await person('Ann'), await person('Bob'), await person('Eve')]
  await bob.close()
  await rooms(ann)
    .getByRole('link', { name: /Bob/ })
    .or(rooms(ann).getByRole('button', { name: /Bob/ }))
    .first()
    .click()
  await expect(ann.getByRole('heading', { level: 1, name: 'Bob' })).toBeVisible()
  await write(ann, 'between us')
  await expect(ann.getByRole('region', { name: 'Messages in Bob' }).getByText('between us')).toBeVisible()

  const later = await bob.context().newPage()
  await later.goto(natter.url)
  await expect(later).toHaveTitle(/\(1\)/)
  await rooms(later).getByRole('link', { name: /Ann/ }).first().click()
  await expect(later.getByRole('region', { name: 'Messages in Ann' }).getByText('between us')).toBeVisible()
  await expect(later).not.toHaveTitle(/\(1\)/)
  expect(await eve.content()).not.toContain('between us')
})

test('a room is made, found and joined, talked in, and left', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await rooms(ann).getByRole('button', { name: /room/i }).first().click()
  await ann.getByRole('dialog').getByRole('textbox').first().fill('Kitchen')
  await ann.keyboard.press('Enter')
  await expect(ann.getByRole('heading', { level: 1, name: 'Kitchen' })).toBeVisible()

  await rooms(bob).getByRole('button', { name: /room/i }).first().click()
  await bob
    .getByRole('dialog')
    .getByRole('button', { name: /Kitchen/ })
    .click()
  await expect(bob.getByRole('heading', { level: 1, name: 'Kitchen' })).toBeVisible()
  await write(ann, 'soup is ready')
  await expect(bob.getByRole('region', { name: 'Messages in Kitchen' }).getByText('soup is ready')).toBeVisible()
})
