import { expect } from '@playwright/test'
import { box, list, message, openSettings, room, rooms, talkTo, write } from './support/page.ts'
import { test } from './support/test.ts'

test('a name that looks like somebody’s is refused in words', async ({ natter, person, browser }) => {
  await person('Maya')
  const page = await (await browser.newContext()).newPage()
  await page.goto(natter.url)
  const field = page.getByLabel('What should people call you?')
  for (const [name, refusal] of [
    ['Mауа', /There's already a M.* here/],
    ['MAYA', /There's already a M.* here/],
    ['Ma\u200bya', /letters that everybody can see/],
  ] as const) {
    await field.fill(name)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('alert').filter({ hasText: refusal })).toBeVisible()
    await expect(field).toHaveValue(name)
  }
  await field.fill('Maya O.')
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeFocused()
})

test('a name can be changed, and old messages follow, for everybody', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(ann, 'who am I')
  await expect(message(bob, 'who am I')).toContainText('Ann')
  const page = await openSettings(ann)
  const field = page.getByRole('textbox', { name: 'Your name' })
  await field.fill('Bob')
  await ann.keyboard.press('Enter')
  await expect(ann.getByRole('alert').filter({ hasText: "There's already a Bob here" })).toBeVisible()
  await field.fill('Anna')
  await ann.keyboard.press('Enter')
  await expect(page.getByText('Saved.')).toBeVisible()
  await expect(message(bob, 'who am I')).toContainText('Anna')
  await expect(rooms(bob).getByRole('button', { name: /^Anna/ })).toBeVisible()
  await bob.reload()
  await expect(message(bob, 'who am I')).toContainText('Anna')
})

test('a private message reaches the one it is for, also later, and nobody else', async ({ natter, person }) => {
  const [ann, bob, eve] = [await person('Ann'), await person('Bob'), await person('Eve')]
  const heard: string[] = []
  eve.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
  await eve.reload()
  await bob.close()
  await talkTo(ann, 'Bob')
  await write(ann, 'between us')
  await expect(message(ann, 'between us')).toHaveAttribute('data-state', 'sent')

  const later = await bob.context().newPage()
  await later.goto(natter.url)
  await expect(later).toHaveTitle(/\(1\)/)
  await expect(room(later, /^Ann.*1 unread/)).toBeVisible()
  await room(later, /^Ann/).click()
  await expect(message(later, 'between us')).toBeVisible()
  await expect(later).not.toHaveTitle(/\(1\)/)
  await write(later, 'so it is')
  await expect(message(ann, 'so it is')).toBeVisible()

  await room(ann, /^Lobby/).click()
  await write(ann, 'to all')
  await expect(message(eve, 'to all')).toBeVisible()
  expect(heard.join()).toContain('to all')
  expect(heard.join()).not.toContain('between us')
  await eve.goto(later.url())
  await expect(eve.getByRole('heading', { name: 'There is no such room, or you are not in it.' })).toBeVisible()
})

test('somebody who is not here can be found and written to', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob Ashworth')]
  await bob.close()
  await rooms(ann).getByRole('button', { name: 'Write to somebody' }).click()
  const dialog = ann.getByRole('dialog', { name: 'Write to somebody' })
  await dialog.getByRole('textbox', { name: 'Their name' }).fill('nobody like this')
  await expect(dialog.getByText('Nobody here is called nobody like this.')).toBeVisible()
  await dialog.getByRole('textbox', { name: 'Their name' }).fill('ash')
  await dialog.getByRole('button', { name: /^Bob Ashworth/ }).click()
  await expect(ann.getByRole('heading', { level: 1, name: 'Bob Ashworth' })).toBeVisible()
  await expect(list(ann).getByText('between you and Bob Ashworth')).toBeVisible()
})
