import { expect, type Locator, type Page } from '@playwright/test'
import { box, message, openSettings, room, rooms, talkTo, write } from './support/page.ts'
import { test } from './support/test.ts'

/** A picture larger than anybody needs, as this browser makes one. */
const drawing = async (page: Page): Promise<Buffer> =>
  Buffer.from(
    await page.evaluate(() => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 900, height: 600 })
      const context = canvas.getContext('2d')
      if (context) context.fillStyle = 'teal'
      context?.fillRect(0, 0, 900, 600)
      return canvas.toDataURL('image/png').split(',')[1] ?? ''
    }),
    'base64',
  )
/** How large the pictures are that are shown there; 0 for one that is not there. */
const sizes = (part: Locator) =>
  part.locator('.avatar img').evaluateAll((all) => all.map((image) => (image as HTMLImageElement).naturalWidth))

test('a picture and a status are seen by others at once, in the card of who has them, and after a reload', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(bob, 'who am I')
  await expect(message(ann, 'who am I')).toBeVisible()

  const page = await openSettings(bob)
  const choose = (name: string, buffer: Buffer) =>
    page.getByLabel('Choose a picture').setInputFiles({ name, mimeType: 'image/png', buffer })
  await choose('page.png', Buffer.from('<script>alert(1)</script>'))
  await expect(page.getByRole('alert').filter({ hasText: 'cannot show that file' })).toBeVisible()
  await choose('me.png', await drawing(bob))
  await expect.poll(() => sizes(message(ann, 'who am I'))).toEqual([256])
  await page.getByRole('button', { name: 'In a meeting · 1 hour' }).click()
  await expect(rooms(ann).getByRole('button', { name: /^Bob 🗓️/ })).toBeVisible()
  await page.getByLabel('Pronouns or title').fill('he/him')
  await page.getByLabel('Time zone').selectOption('Asia/Tokyo')
  const about = page.getByRole('region', { name: 'About you' })
  await about.getByRole('button', { name: 'Save' }).click()
  await expect(about.getByText('Saved.')).toBeVisible()
  await expect(rooms(bob).getByText('🗓️ In a meeting')).toBeVisible()

  await message(ann, 'who am I').getByRole('button', { name: 'Bob' }).click()
  const card = ann.getByRole('dialog', { name: 'Bob' })
  for (const text of ['he/him', 'Member, here', 'In a meeting', / for Bob$/])
    await expect(card.getByText(text)).toBeVisible()
  await card.getByRole('button', { name: 'Write to Bob' }).click()
  await expect(ann.getByRole('heading', { level: 1, name: 'Bob' })).toBeVisible()
  await expect(room(ann, /^Bob 🗓️/)).toBeVisible()
  await ann.reload()
  await ann.getByRole('button', { name: 'About this person' }).click()
  await expect(card.getByText('In a meeting')).toBeVisible()
  await expect.poll(() => sizes(card)).toEqual([256])
  await ann.keyboard.press('Escape')
  await expect(ann.getByRole('button', { name: 'About this person' })).toBeFocused()

  const again = await openSettings(bob)
  await again.getByRole('button', { name: 'Remove picture' }).click()
  await again.getByRole('button', { name: 'Clear status' }).click()
  await expect(room(ann, /^Bob\W+here$/)).toBeVisible()
  await expect.poll(() => sizes(rooms(ann))).toEqual([])
})

test('who is not to be disturbed says so once for all devices, and others see it in words', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const tab = await bob.context().newPage()
  await tab.goto(bob.url())
  await expect(box(tab)).toBeVisible()
  const page = await openSettings(bob)
  const group = page.getByRole('region', { name: 'Do not disturb' })
  await group.getByRole('button', { name: '30 minutes' }).click()
  await expect(group.getByText(/not to be disturbed until/)).toBeVisible()
  await expect(rooms(ann).getByRole('button', { name: /^Bob.*do not disturb$/ })).toBeVisible()
  await expect(rooms(tab).getByText('Do not disturb')).toBeVisible()
  await bob.close()
  await talkTo(ann, 'Bob')
  await expect(room(ann, /^Bob.*do not disturb/)).toBeVisible()
  const there = await openSettings(tab)
  await there.getByRole('button', { name: 'End it now' }).click()
  await expect(room(ann, /^Bob\W+here$/)).toBeVisible()
})

test('who does not show that they are writing does not see it of others either', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const page = await openSettings(bob)
  await page.getByLabel('Show others when I am writing').uncheck()
  await bob.goBack()
  await box(ann).pressSequentially('thinking')
  await box(bob).pressSequentially('typing')
  await write(bob, 'done')
  await expect(message(ann, 'done')).toBeVisible()
  await expect(bob.getByText('is writing')).toHaveCount(0)
  const again = await openSettings(bob)
  await again.getByLabel('Show others when I am writing').check()
  await bob.goBack()
  await expect(bob.getByText('Ann is writing')).toBeVisible()
  await box(bob).pressSequentially('a')
  await expect(ann.getByText('Bob is writing')).toBeVisible()
})
