import { expect } from '@playwright/test'
import sharp from 'sharp'
import { box, message, openPage, write } from './support/page.ts'
import { own } from './support/place.ts'
import { test } from './support/test.ts'

const picture = (background: string) =>
  sharp({ create: { width: 300, height: 300, channels: 3, background } })
    .png()
    .toBuffer()

test('who looks after a place gives it an emoji; another writes it, reacts with it, and has its name once it is gone', async ({
  natter,
  browser,
  person,
}) => {
  const ada = await own(browser, natter)
  const bob = await person('Bob')
  await write(bob, 'It stands as :party_cat: so far')
  const plain = message(bob, 'so far').locator('.text')
  const { height } = (await plain.boundingBox()) ?? {}

  await openPage(ada, 'This place')
  await ada.getByRole('link', { name: 'Show its emoji' }).click()
  const page = ada.getByRole('main', { name: 'Emoji of this place' })
  await expect(page.getByText('This place has no emoji of its own yet.')).toBeVisible()
  const file = { name: 'Party cat.png', mimeType: 'image/png', buffer: await picture('#e4572e') }
  await page.getByLabel('Choose a picture').setInputFiles(file)
  await expect(page.getByRole('textbox', { name: 'Name' })).toHaveValue('party_cat')
  await page.getByRole('textbox', { name: 'Name' }).press('Enter')
  await expect(page.getByText(':party_cat: is there now, for everybody.')).toBeVisible()
  await expect(page.getByRole('row', { name: /:party_cat:/ })).toBeVisible()

  // It is in what was written before, in the line that it stood in.
  const drawn = plain.getByRole('img', { name: ':party_cat:' })
  await expect(drawn).toHaveJSProperty('naturalWidth', 128)
  expect((await plain.boundingBox())?.height).toBe(height)

  await box(bob).fill(':party')
  await expect(bob.getByRole('option', { name: ':party_cat:' })).toBeVisible()
  await box(bob).press('Enter')
  await expect(box(bob)).toHaveValue(':party_cat: ')
  await box(bob).press('Enter')
  const alone = bob.locator('[data-big]').getByRole('img', { name: ':party_cat:' })
  await expect(alone).toBeVisible()

  const row = message(bob, 'so far')
  await row.focus()
  await bob.keyboard.press('+')
  await bob.getByRole('searchbox', { name: 'Find an emoji' }).fill('party c')
  await bob.keyboard.press('Enter')
  const chip = row.getByRole('button', { name: ':party_cat:, 1 person, you' })
  await expect(chip.locator('img')).toHaveJSProperty('naturalWidth', 128)
  const before = await row.boundingBox()

  await page.getByRole('button', { name: 'Remove :party_cat:' }).click()
  const dialog = ada.getByRole('dialog', { name: 'Remove :party_cat:?' })
  await dialog.getByRole('button', { name: 'Remove :party_cat:' }).click()
  await expect(page.getByText('This place has no emoji of its own yet.')).toBeVisible()
  await expect(bob.getByRole('img', { name: ':party_cat:' })).toHaveCount(0)
  await expect(row).toContainText('It stands as :party_cat: so far')
  await expect(chip).toHaveText(':party_cat:1')
  expect((await row.boundingBox())?.height).toBe(before?.height)
  await chip.click()
  await expect(chip).toHaveCount(0)
})
