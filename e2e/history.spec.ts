import { expect } from '@playwright/test'
import { box, list, message, write } from './support/page.ts'
import { test } from './support/test.ts'

test('one edits one’s own words where they stand, by ↑ and by E, and everybody sees what they were', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  for (const text of ['Super at six', 'Bring a chair']) await write(ann, text)
  await expect(message(bob, 'Bring a chair')).toBeVisible()
  await expect(message(ann, 'Bring a chair')).toHaveAttribute('data-state', 'sent')
  await box(ann).focus()
  await ann.keyboard.press('ArrowUp')
  const field = ann.getByRole('textbox', { name: 'Edit your message' })
  await expect(field).toBeFocused()
  await expect(field).toHaveValue('Bring a chair')
  // The words stay where they are when they become a field.
  const words = await field.evaluate(
    (area) => area.getBoundingClientRect().left + parseFloat(getComputedStyle(area).paddingLeft),
  )
  const others = await message(ann, 'Super at six')
    .locator('.text')
    .evaluate((p) => p.getBoundingClientRect().left + parseFloat(getComputedStyle(p).paddingLeft))
  expect(Math.abs(words - others)).toBeLessThan(1)
  await ann.keyboard.type(' and @Bo')
  await ann.getByRole('option', { name: /Bob/ }).waitFor()
  await ann.keyboard.press('Enter')
  await ann.keyboard.press('Enter')
  await expect(box(ann)).toBeFocused()
  await expect(message(bob, /Bring a chair and @Bob \(edited\)/)).toBeVisible()

  await message(ann, 'Super at six').focus()
  await ann.keyboard.press('e')
  await field.fill('Never mind')
  await ann.keyboard.press('Escape')
  await expect(message(ann, 'Super at six')).toBeFocused()
  await ann.keyboard.press('e')
  await field.fill('Supper at six')
  await ann.reload()
  await expect(field).toHaveValue('Supper at six')
  await field.press('Enter')
  await expect(message(bob, /Supper at six\s*\(edited\)/)).toBeVisible()

  await message(bob, 'Supper at six').getByRole('button', { name: '(edited)' }).click()
  const history = bob.getByRole('dialog', { name: 'Versions of a message of Ann' })
  await expect(history.getByRole('listitem')).toHaveText([/as it is nowSupper at six$/, /Super at six$/])
  await bob.keyboard.press('Escape')
  await expect(history).toHaveCount(0)
  await message(bob, 'Bring a chair').focus()
  await bob.keyboard.press('h')
  await expect(history.getByText('Bring a chair', { exact: true })).toBeVisible()
})

test('a message is deleted at once, for everybody, and put back with the keyboard', async ({ person, client }) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const heard: string[] = []
  bob.socket.on('events', ({ changes }) => {
    for (const change of changes) if (change.type === 'message:changed') heard.push(change.message.body)
  })
  for (const text of ['Stay', 'Oh no']) await write(ann, text)
  await expect(message(ann, 'Oh no')).toHaveAttribute('data-state', 'sent')
  await message(ann, 'Oh no').focus()
  await ann.keyboard.press('Delete')
  await expect(message(ann, 'You deleted a message.')).toBeFocused()
  await expect(list(ann).getByText('Oh no')).toHaveCount(0)
  await expect.poll(() => heard.at(-1)).toBe('')
  const offer = ann.getByRole('group', { name: 'Message deleted.' })
  await expect(offer).toBeVisible()
  for (let i = 0; i < 4 && (await offer.locator(':focus').count()) === 0; i++) await ann.keyboard.press('F6')
  await expect(offer.getByRole('button', { name: 'Put it back' })).toBeFocused()
  await ann.keyboard.press('Enter')
  await expect(message(ann, 'Oh no')).toBeVisible()
  await expect(offer).toHaveCount(0)
  await expect.poll(() => heard.at(-1)).toBe('Oh no')
})
