import { randomUUID } from 'node:crypto'
import { expect } from '@playwright/test'
import { box, message } from './support/page.ts'
import { test } from './support/test.ts'

test('a question is asked by a command, voted on by keys, and said again elsewhere as whose words it repeats', async ({
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await box(ann).fill('/poll What shall we eat? | Soup | Cake')
  await box(ann).press('Enter')
  const asked = message(ann, 'What shall we eat?')
  const answer = (name: string) => asked.getByRole('radio', { name })
  await expect(answer('Cake, nobody yet')).toBeEnabled()

  const { messages } = await bob.ask('message:list', { roomId: bob.roomId })
  const at = { roomId: bob.roomId, seq: messages.at(-1)?.seq ?? 0 }
  await bob.ask('poll:vote', { ...at, options: [1] })
  await expect(answer('Cake, 1 person')).not.toBeChecked()
  await answer('Cake').hover()
  await expect(ann.getByRole('tooltip')).toHaveText('Bob')

  // By Tab to the first, as long as nothing is chosen; by arrows to the next one.
  await asked.focus()
  await ann.keyboard.press('Tab')
  await ann.keyboard.press('Space')
  await expect(answer('Soup, 1 person, you')).toBeChecked()
  await ann.keyboard.press('ArrowDown')
  await expect(answer('Cake, 2 people, including you')).toBeChecked()
  await expect(answer('Soup, nobody yet')).not.toBeChecked()
  await asked.getByRole('button', { name: 'Close poll' }).click()
  await ann.getByRole('dialog').getByRole('button', { name: 'Close poll' }).click()
  await expect(asked.getByText('closed by you')).toBeVisible()

  const { room } = await bob.ask('room:create', { name: 'Kitchen' })
  await bob.ask('room:add', { roomId: room.id, personId: messages.at(-1)?.authorId ?? '' })
  const said = await bob.ask('message:send', { roomId: bob.roomId, key: randomUUID(), body: 'Nobody eats soup.' })
  await message(ann, 'Nobody eats soup.').focus()
  await ann.keyboard.press('f')
  await ann.getByLabel('Room or person').fill('kit')
  await ann.getByRole('dialog').getByRole('button', { name: 'Kitchen' }).click()
  await ann.getByLabel('Add words of your own').fill('Look what he says')
  await ann.keyboard.press('Enter')
  await ann.getByRole('group', { name: 'Forwarded to Kitchen.' }).getByRole('button', { name: 'Open' }).click()
  const copy = message(ann, 'Nobody eats soup.')
  await copy.getByRole('link', { name: /^Forwarded from Bob in Lobby, / }).click()
  await expect(ann).toHaveURL(new RegExp(`/r/${bob.roomId}/${said.seq}$`))
})
