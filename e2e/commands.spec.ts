import { expect } from '@playwright/test'
import { box, makeRoom, room, write } from './support/page.ts'
import { test } from './support/test.ts'

test('what is done by writing it: a topic, somebody brought in, a word to them alone, and help', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await makeRoom(ann, 'Kitchen')
  await box(ann).pressSequentially('/to')
  await expect(ann.getByRole('option', { name: /^\/topic/ })).toBeVisible()
  await box(ann).press('Enter')
  await box(ann).pressSequentially('Toasters and lamps')
  await box(ann).press('Enter')
  await expect(ann.getByText('Toasters and lamps', { exact: true })).toBeVisible()
  await write(ann, '/invite bob')
  await expect(ann.getByText('Bob is in this room now.')).toBeVisible()
  await expect(room(bob, 'Kitchen')).toBeVisible()
  await write(ann, '/help')
  await ann.getByRole('dialog', { name: 'Commands' }).press('Escape')
  await expect(box(ann)).toHaveValue('')
  await write(ann, '/dm Bob are you coming?')
  await expect(ann.getByRole('heading', { level: 1, name: 'Bob' })).toBeVisible()
  await expect(room(bob, /^Ann.*1 unread/)).toBeVisible()
})
