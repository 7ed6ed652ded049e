import { expect } from '@playwright/test'
import { box, makeRoom, message, room, rooms, write } from './support/page.ts'
import { test } from './support/test.ts'

test('a room is made, found and joined, talked in, and left', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await makeRoom(ann, 'Kitchen')
  await expect(ann.getByText('Nobody has said a word in Kitchen.')).toBeVisible()
  await ann.getByRole('button', { name: 'Say what it’s for' }).click()
  await ann.keyboard.type('Soup and more')
  await ann.keyboard.press('Enter')
  await expect(ann.getByRole('main').getByText('Soup and more')).toBeVisible()
  await ann.keyboard.press('Escape')

  await rooms(bob).getByRole('button', { name: 'Make or find a room' }).click()
  const dialog = bob.getByRole('dialog', { name: 'Make or find a room' })
  await dialog.getByRole('textbox').fill('kitch')
  await dialog.getByRole('button', { name: 'Join Kitchen' }).click()
  await expect(bob.getByRole('heading', { level: 1, name: 'Kitchen' })).toBeVisible()
  await expect(ann.getByText('Bob joined')).toBeVisible()
  await write(ann, 'soup is ready')
  await expect(message(bob, 'soup is ready')).toBeVisible()

  await bob.getByRole('button', { name: 'People and topic' }).click()
  await bob.getByRole('complementary').getByRole('button', { name: 'Leave room' }).click()
  await expect(bob.getByRole('heading', { level: 1, name: 'Lobby' })).toBeVisible()
  await expect(room(bob, 'Kitchen')).toHaveCount(0)
  await write(ann, 'and it is gone')
  await room(ann, /^Lobby/).click()
  await write(ann, 'back here')
  await expect(message(bob, 'back here')).toBeVisible()
  await expect(bob.getByText('and it is gone')).toHaveCount(0)
})

test('a topic and who is in a room are the same on every screen at once', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await ann.getByRole('button', { name: 'People and topic' }).click()
  const pane = ann.getByRole('complementary', { name: 'People and topic' })
  await expect(pane.getByText('2 people')).toBeVisible()
  const cleo = await person('Cleo')
  await expect(pane.getByText('3 people')).toBeVisible()
  await pane.getByRole('textbox', { name: 'Topic' }).fill('Saturday, 10 to 2')
  await ann.keyboard.press('Enter')
  for (const page of [ann, bob, cleo]) await expect(page.getByRole('main').getByText('Saturday, 10 to 2')).toBeVisible()
  await pane.getByRole('button', { name: /^Cleo/ }).click()
  await ann.getByRole('dialog', { name: 'Cleo' }).getByRole('button', { name: 'Write to Cleo' }).click()
  await expect(ann.getByRole('heading', { level: 1, name: 'Cleo' })).toBeVisible()
})

test('a name that a room has already is refused, and what was typed stays', async ({ person }) => {
  const ann = await person('Ann')
  await rooms(ann).getByRole('button', { name: 'Make or find a room' }).click()
  const field = ann.getByRole('dialog').getByRole('textbox')
  await field.fill('lobby')
  await ann.keyboard.press('Enter')
  await expect(ann.getByRole('alert').filter({ hasText: "There's already a room called Lobby." })).toBeVisible()
  await expect(field).toHaveValue('lobby')
  for (const leave of [() => ann.keyboard.press('Escape'), () => ann.getByRole('button', { name: 'Cancel' }).click()]) {
    await leave()
    await expect(ann.getByRole('dialog')).toHaveCount(0)
    await expect(rooms(ann).getByRole('button', { name: 'Make or find a room' })).toBeFocused()
    await ann.keyboard.press('Enter')
    await expect(field).toBeFocused()
  }
})

test('going back and forth between rooms, and to their addresses, finds each where it was left', async ({ person }) => {
  const ann = await person('Ann')
  for (let i = 1; i <= 60; i++) await write(ann, `line ${i}.`)
  await message(ann, 'line 20.').scrollIntoViewIfNeeded()
  const before = await message(ann, 'line 20.').boundingBox()
  await makeRoom(ann, 'Kitchen')
  await ann.goBack()
  await expect(ann.getByRole('heading', { level: 1, name: 'Lobby' })).toBeVisible()
  expect(await message(ann, 'line 20.').boundingBox()).toEqual(before)
  await ann.goForward()
  await expect(box(ann)).toHaveAccessibleName('Message Kitchen')
  await ann.reload()
  await expect(box(ann)).toHaveAccessibleName('Message Kitchen')
})

test('a private room is there for whom it is for, and for nobody else', async ({ person }) => {
  const [ann, bob, eve] = [await person('Ann'), await person('Bob'), await person('Eve')]
  await rooms(ann).getByRole('button', { name: 'Make or find a room' }).click()
  const dialog = ann.getByRole('dialog', { name: 'Make or find a room' })
  await dialog.getByRole('radio', { name: 'Nobody: people are added' }).check()
  await dialog.getByRole('textbox', { name: 'Name of the new room' }).fill('Board')
  await ann.keyboard.press('Enter')
  await expect(ann.getByRole('heading', { level: 1, name: 'Board' })).toBeVisible()
  await expect(room(ann, /^Board\W+private/)).toBeVisible()

  await ann.getByRole('button', { name: 'People and topic' }).click()
  const details = ann.getByRole('complementary', { name: 'People and topic' })
  await details.getByRole('button', { name: 'Add somebody' }).click()
  await ann.getByRole('dialog', { name: 'Add somebody to Board' }).getByRole('button', { name: 'Add Bob' }).click()
  await expect(ann.getByText('Bob is in.')).toBeVisible()
  await ann.keyboard.press('Escape')
  // The dialog alone has closed.
  await expect(details.getByRole('button', { name: 'Remove Bob from this room' })).toBeVisible()
  await room(bob, /^Board\W+private/).click()
  await write(bob, 'between the two of us')
  await expect(message(ann, 'between the two of us')).toBeVisible()

  await expect(room(eve, /Board/)).toHaveCount(0)
  await rooms(eve).getByRole('button', { name: 'Make or find a room' }).click()
  await eve.getByRole('textbox', { name: 'Name of the new room' }).fill('Board')
  await expect(eve.getByRole('dialog').getByRole('listitem')).toHaveCount(0)
  await eve.goto(ann.url())
  await expect(eve.getByText('There is no such room, or you are not in it.')).toBeVisible()

  await details.getByRole('textbox', { name: 'Name of this room' }).fill('Board of two')
  await details.getByRole('button', { name: 'Save' }).click()
  await expect(bob.getByRole('heading', { level: 1, name: 'Board of two' })).toBeVisible()
  await details.getByRole('button', { name: 'Remove Bob from this room' }).click()
  await expect(room(bob, /Board/)).toHaveCount(0)
  await expect(bob.getByText('between the two of us')).toHaveCount(0)
})
