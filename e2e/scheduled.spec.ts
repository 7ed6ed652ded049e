import { expect } from '@playwright/test'
import { box, message } from './support/page.ts'
import { test } from './support/test.ts'

const DAY = 86_400_000

test('what is sent later is not seen before, is kept over a restart, and can be changed and sent at once', async ({
  natter,
  person,
  client,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  await box(ann).fill('good morning')
  await ann.getByRole('button', { name: 'Schedule' }).click()
  await ann
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow morning/ })
    .press('Enter')
  await expect(box(ann)).toHaveValue('')
  await expect(ann.getByText(/^It will be sent/)).toBeVisible()
  await natter.kill()
  await natter.restart()
  await ann.getByRole('button', { name: 'See what is to be sent' }).click()
  const page = ann.getByRole('main', { name: 'To be sent later' })
  // Nobody keeps it but the server.
  await ann.reload()
  await expect(page.getByRole('listitem').filter({ hasText: 'good morning' })).toContainText('Lobby')
  await expect.poll(() => bob.history()).toEqual([])
  await page.getByRole('button', { name: 'Send now' }).click()
  await expect(page.getByText('Nothing is to be sent later.')).toBeVisible()
  await expect.poll(async () => (await bob.history()).map(({ body }) => body)).toEqual(['good morning'])
  await ann.goBack()
  await expect(message(ann, 'good morning')).toHaveCount(1)
})

test('a time of one’s own is taken from the box, and one that has passed is refused in words', async ({ person }) => {
  const ann = await person('Ann')
  await box(ann).fill('good morning')
  await ann.getByRole('button', { name: 'Schedule' }).click()
  const dialog = ann.getByRole('dialog')
  await dialog.getByLabel('Another time').fill('2001-01-01T10:00')
  await dialog.getByRole('button', { name: 'Send it then' }).click()
  await expect(dialog.getByText('That time has passed.')).toBeVisible()
  await expect(box(ann)).toHaveValue('good morning')
  await dialog.getByLabel('Another time').fill(new Date(Date.now() + 2 * DAY).toISOString().slice(0, 16))
  await dialog.getByLabel('Another time').press('Enter')
  await expect(ann.getByText(/^It will be sent/)).toBeVisible()
  await expect(box(ann)).toHaveValue('')
  await ann.getByRole('button', { name: 'See what is to be sent' }).click()
  await expect(ann.getByRole('main', { name: 'To be sent later' }).getByRole('listitem')).toContainText('good morning')
})
