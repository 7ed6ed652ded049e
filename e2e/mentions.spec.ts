import { expect } from '@playwright/test'
import { box, list, makeRoom, message, room, rooms, write } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

test('somebody who is mentioned sees it wherever they are, finds it among what is for them, and goes to it', async ({
  person,
  client,
}) => {
  const [ann, bob, cleo] = [await person('Ann O’Hara'), await person('Bob'), await client('Cleo')]
  await makeRoom(ann, 'Kitchen')
  await expect(rooms(ann).getByRole('link', { name: /^For you/ })).toHaveCount(0)

  await box(bob).pressSequentially('Ask @an')
  const people = bob.getByRole('listbox', { name: 'People' })
  await expect(people.getByRole('option', { name: /Ann O’Hara/, selected: true })).toBeVisible()
  await expect(box(bob)).toHaveAttribute('aria-activedescendant', /./)
  await bob.keyboard.press('Enter')
  await expect(box(bob)).toHaveValue('Ask @Ann O’Hara ')
  await expect(people).toHaveCount(0)
  await bob.keyboard.type('about the vice')
  await bob.keyboard.press('Enter')
  await expect(message(bob, 'Ask @Ann O’Hara about the vice')).toHaveAttribute('data-state', 'sent')
  await cleo.fill(150, (i) => `since then ${i + 1}.`)

  await expect(room(ann, /Lobby.*more than 99 unread, 1 for you/)).toBeVisible()
  await expect(ann).toHaveTitle('(1) Kitchen')
  await expect.poll(() => ann.locator('#favicon').getAttribute('href')).toBe('/mark-lit.svg')
  await rooms(ann)
    .getByRole('link', { name: /^For you.*1 unread/ })
    .click()
  await ann.reload()
  const found = ann.getByRole('main', { name: 'For you' }).getByRole('link', { name: /about the vice/ })
  await expect(found).toHaveAccessibleName(/^Lobby Bob Ask @Ann O’Hara about the vice/)
  await found.click()

  const said = message(ann, 'about the vice')
  await expect(said).toBeFocused()
  await expect(said).toBeInViewport()
  await expect(said).toHaveAttribute('data-to-you')
  await expect(ann).toHaveTitle('Lobby')
  await ann.keyboard.press('Escape')
  await expect(message(ann, 'since then 150.')).toBeInViewport()
  await rooms(ann).getByRole('link', { name: 'For you', exact: true }).click()
  await expect(found).not.toHaveAccessibleName(/unread/)
})

test('a name that was begun before a reload is a mention when it is sent, and follows who gets another name', async ({
  person,
  client,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  await box(ann).pressSequentially('Thanks @bo')
  await ann.getByRole('listbox', { name: 'People' }).getByRole('option', { name: /Bob/ }).click()
  await expect(box(ann)).toBeFocused()
  await ann.keyboard.type('and @here, @nobody')
  await expect.poll(() => ann.evaluate(() => JSON.stringify(localStorage))).toContain('@nobody')
  await ann.reload()
  await expect(box(ann)).toHaveValue('Thanks @Bob and @here, @nobody')
  await expect(box(ann)).toHaveAttribute('aria-haspopup', 'listbox')
  // Whom a name means is known once the server has spoken.
  await expect(rooms(ann).getByRole('button', { name: 'Bob' })).toBeVisible()
  await ann.keyboard.press('Enter')
  await expect(message(ann, 'Thanks @Bob and @here, @nobody')).toHaveAttribute('data-state', 'sent')
  const id = bob.hello.me.id
  expect(await bob.history()).toMatchObject([{ body: `Thanks <@${id}> and <@here>, @nobody`, mentions: ['here', id] }])

  await bob.ask('people:rename', { name: 'Robert' })
  await expect(message(ann, 'Thanks @Robert and')).toBeVisible()
  await expect(room(ann, /Lobby/)).toContainText('Thanks @Robert and')
  await write(ann, 'next')
  await expect(list(ann)).not.toContainText('<@')
})
