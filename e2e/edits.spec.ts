import { expect } from '@playwright/test'
import { box, list, makeRoom, message, room, rooms, write } from './support/page.ts'
import { test } from './support/test.ts'

test('what others edit and delete changes in its place, in the list of rooms and in what is unread', async ({
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await write(ann, 'What is for supper?')
  await expect(message(ann, 'What is for supper?')).toHaveAttribute('data-state', 'sent')
  const soup = await bob.say('Supe')
  const secrets = [await bob.say('a secret'), await bob.say('another')]
  await expect(message(ann, 'another')).toBeVisible()

  await bob.ask('message:edit', { roomId: bob.roomId, seq: soup.seq, body: 'Soup' })
  await expect(message(ann, /Soup\s*\(edited\)/)).toBeVisible()
  await expect(message(ann, 'Supe')).toHaveCount(0)
  for (const { roomId, seq } of secrets) await bob.ask('message:delete', { roomId, seq })
  await expect(message(ann, 'Bob deleted two messages.')).toBeVisible()
  await expect(list(ann).getByText('secret')).toHaveCount(0)

  // Deleted while nobody looked at the room: nothing is left to read, and nothing of it is shown anywhere.
  await box(ann).press('Escape')
  await makeRoom(ann, 'Kitchen')
  const unread = await bob.say('gone before you look')
  await expect(room(ann, /Lobby.*1 unread/)).toBeVisible()
  await bob.ask('message:delete', { roomId: bob.roomId, seq: unread.seq })
  await expect(room(ann, /Lobby.*unread/)).toHaveCount(0)
  await expect(rooms(ann).getByText('gone before you look')).toHaveCount(0)

  // The same after a reload, where the server counts.
  await bob.say('stays')
  const counted = await bob.say('deleted after the server has counted it')
  await ann.reload()
  await expect(room(ann, /Lobby.*2 unread/)).toBeVisible()
  await bob.ask('message:delete', { roomId: bob.roomId, seq: counted.seq })
  await expect(room(ann, /Lobby.*1 unread/)).toBeVisible()
  await room(ann, /Lobby/).click()
  await expect(message(ann, 'Bob deleted three messages.')).toBeVisible()
  await expect(message(ann, 'stays')).toBeVisible()
})

test('the focus stays where it is when the message under it is deleted', async ({ person, client }) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await expect(ann.getByText('Bob joined')).toBeVisible()
  const said = [await bob.say('one'), await bob.say('two'), await bob.say('three')]
  await message(ann, 'two').focus()
  const remove = (i: number) => bob.ask('message:delete', { roomId: bob.roomId, seq: said[i]?.seq ?? 0 })
  await remove(1)
  await expect(message(ann, 'Bob deleted a message.')).toBeFocused()
  // And where it becomes one with the one before.
  await remove(0)
  await expect(message(ann, 'Bob deleted two messages.')).toBeFocused()
  await ann.keyboard.press('ArrowDown')
  await expect(message(ann, 'three')).toBeFocused()
})

test('whoever was away finds what was edited and deleted meanwhile', async ({ person, client }) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const [one, two] = [await bob.say('first words'), await bob.say('second words')]
  await expect(message(ann, 'second words')).toBeVisible()
  await ann.context().setOffline(true)
  await bob.ask('message:edit', { roomId: bob.roomId, seq: one.seq, body: 'other words' })
  await bob.ask('message:delete', { roomId: bob.roomId, seq: two.seq })
  await expect(message(ann, 'first words')).toBeVisible()
  await ann.context().setOffline(false)
  await expect(message(ann, /other words\s*\(edited\)/)).toBeVisible()
  await expect(message(ann, 'Bob deleted a message.')).toBeVisible()
  await expect(list(ann).getByText(/first words|second words/)).toHaveCount(0)
})
