import { expect } from '@playwright/test'
import { box, message, room, rooms, write } from './support/page.ts'
import { own } from './support/place.ts'
import { test } from './support/test.ts'

test('several are written to by keyboard alone, under their names, and one of them leaves and is brought back', async ({
  person,
  client,
}) => {
  const [ann, jun] = [await person('Ann'), await person('Jun')]
  const sam = await client('Sam')
  await rooms(ann).getByRole('button', { name: 'Write to somebody' }).focus()
  await ann.keyboard.press('Enter')
  const dialog = ann.getByRole('dialog', { name: 'Write to somebody' })
  await dialog.getByRole('textbox', { name: 'Their name' }).fill('Ju')
  await dialog.getByRole('button', { name: 'Add Jun to the conversation' }).focus()
  await ann.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toHaveText('With Jun.')
  await ann.keyboard.type('Sa')
  await expect(dialog.getByRole('button', { name: 'Add Sam to the conversation' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: /^Add/ })).toHaveCount(1)
  await ann.keyboard.press('Enter')
  await expect(dialog.getByRole('status')).toHaveText('With Jun and Sam.')
  await ann.keyboard.press('Enter')
  await expect(ann.getByRole('heading', { level: 1, name: 'Jun and Sam' })).toBeVisible()
  await expect(ann.getByText('What you write here is between you and Jun and Sam.')).toBeVisible()
  await expect(box(ann)).toBeFocused()
  await write(ann, 'Shall we three?')
  await room(jun, /^Ann and Sam/).click()
  await expect(message(jun, 'Shall we three?')).toBeVisible()

  await jun.getByRole('button', { name: 'People and topic' }).click()
  const details = jun.getByRole('complementary', { name: 'People and topic' })
  await expect(details.getByText('3 people')).toBeVisible()
  await expect(details.getByRole('textbox', { name: 'Topic' })).toHaveCount(0)
  await expect(details.getByRole('button', { name: /Add somebody|Remove|Archive/ })).toHaveCount(0)
  await details.getByRole('button', { name: 'Leave this conversation' }).click()
  await expect(room(jun, /^Ann and Sam/)).toHaveCount(0)
  await expect(ann.getByText('Jun left')).toBeVisible()
  const idOf = async (query: string) => (await sam.ask('people:list', { query })).people[0]?.id ?? ''
  await sam.ask('room:direct', { personId: await idOf('Jun'), others: [await idOf('Ann')] })
  await expect(room(jun, /^Ann and Sam/)).toBeVisible()
})

test('a room is for moderators to write in, or slowly, and the box says so in its place', async ({
  natter,
  browser,
  person,
}) => {
  const bob = await person('Bob')
  const ada = await own(browser, natter)
  await ada.getByRole('button', { name: 'People and topic' }).click()
  const details = ada.getByRole('complementary', { name: 'People and topic' })
  await details.getByRole('combobox', { name: 'Between two messages of one person' }).selectOption('10 seconds')
  await write(bob, 'First')
  await expect(message(bob, 'First')).toHaveAttribute('data-state', 'sent')
  await expect(bob.getByText(/^You can write again in \d+ seconds?\.$/)).toBeVisible()
  await write(bob, 'Second')
  await expect(box(bob)).toHaveValue('Second')
  await expect(bob.getByRole('button', { name: 'Send' })).toHaveAccessibleDescription(/^You can write again/)
  await expect(bob.getByText(/^You can write again/)).toHaveCount(0, { timeout: 12_000 })
  await box(bob).press('Enter')
  await expect(message(bob, 'Second')).toHaveAttribute('data-state', 'sent')
  for (const text of ['As I like', 'and again']) await write(ada, text)
  await expect(message(bob, 'and again')).toBeVisible()

  await box(bob).fill('half a thought')
  await details.getByRole('radio', { name: /^Moderators/ }).check()
  await expect(bob.getByText('This room is for moderators to write in.')).toBeVisible()
  await expect(box(bob)).toHaveCount(0)
  await write(ada, 'Closed on Monday')
  await expect(message(bob, 'Closed on Monday')).toBeVisible()
  await details.getByRole('radio', { name: 'Everybody', exact: true }).check()
  await expect(box(bob)).toHaveValue('half a thought')

  await bob.getByRole('button', { name: 'People and topic' }).click()
  const theirs = bob.getByRole('complementary', { name: 'People and topic' })
  await expect(theirs.getByRole('button', { name: 'Make it a favourite' })).toBeVisible()
  await expect(theirs.getByRole('radio', { name: /^(Everybody|Moderators)/ })).toHaveCount(0)
  await expect(theirs.getByRole('button', { name: /Archive|Delete/ })).toHaveCount(0)
})

test('rooms are put in an order, put away, brought back and deleted, on every screen at once', async ({
  natter,
  browser,
  person,
}) => {
  const bob = await person('Bob')
  const ada = await own(browser, natter)
  const phone = await ada.context().newPage()
  await phone.goto(natter.url)
  for (const name of ['Attic', 'Zoo']) {
    await rooms(ada).getByRole('button', { name: 'Make or find a room' }).click()
    await ada.getByRole('dialog').getByRole('textbox', { name: 'Name of the new room' }).fill(name)
    await ada.keyboard.press('Enter')
    await expect(ada.getByRole('heading', { level: 1, name })).toBeVisible()
  }
  await rooms(bob).getByRole('button', { name: 'Make or find a room' }).click()
  await bob.getByRole('dialog').getByRole('button', { name: 'Join Zoo' }).click()
  const names = (page: typeof ada) => rooms(page).getByRole('list').first().getByRole('link')
  await expect(names(phone)).toHaveText([/^Lobby/, /^Attic/, /^Zoo/])

  await ada.getByRole('button', { name: 'People and topic' }).click()
  const details = ada.getByRole('complementary', { name: 'People and topic' })
  await details.getByRole('button', { name: 'Make it a favourite' }).click()
  await expect(names(phone)).toHaveText([/^Zoo/, /^Lobby/, /^Attic/])
  await details.getByRole('button', { name: 'Arrange rooms' }).click()
  const arranging = ada.getByRole('dialog', { name: 'Arrange rooms' })
  await arranging.getByRole('button', { name: 'Make Attic a favourite' }).focus()
  await ada.keyboard.press('Enter')
  await expect(arranging.getByRole('status')).toHaveText('Attic is favourite 2 of 2.')
  await ada.keyboard.press('ArrowUp')
  await expect(arranging.getByRole('status')).toHaveText('Attic is favourite 1 of 2.')
  await expect(arranging.getByRole('button', { name: 'Move Attic up' })).toBeFocused()
  await expect(names(phone)).toHaveText([/^Attic/, /^Zoo/, /^Lobby/], { timeout: 2_000 })
  await expect(names(bob)).toHaveText([/^Lobby/, /^Zoo/])
  await ada.keyboard.press('Escape')
  await expect(details.getByRole('button', { name: 'Arrange rooms' })).toBeFocused()

  await details.getByRole('button', { name: 'Archive room' }).click()
  const asked = ada.getByRole('dialog', { name: 'Archive Zoo?' })
  await expect(asked.getByRole('button', { name: 'Leave it open' })).toBeFocused()
  await asked.getByRole('button', { name: 'Archive room' }).click()
  await expect(bob.getByText('This room is archived: it is there to be read.')).toBeVisible()
  for (const page of [ada, bob]) await expect(room(page, /^Zoo/)).toHaveCount(0)
  await rooms(bob).getByRole('button', { name: 'Make or find a room' }).click()
  const browsing = bob.getByRole('dialog', { name: 'Make or find a room' })
  await browsing.getByRole('button', { name: 'Archived rooms' }).click()
  await expect(browsing.getByRole('button', { name: 'Open Zoo' })).toBeVisible()
  await expect(browsing.getByRole('button', { name: 'Bring back Zoo' })).toHaveCount(0)
  await bob.keyboard.press('Escape')
  await details.getByRole('button', { name: 'Bring back' }).click()
  await expect(box(bob)).toHaveAccessibleName('Message Zoo')

  await details.getByRole('button', { name: 'Delete room' }).click()
  const deleting = ada.getByRole('dialog', { name: 'Delete Zoo?' })
  await expect(deleting.getByText('gone at once, for everybody and for good')).toBeVisible()
  await deleting.getByRole('button', { name: 'Delete room' }).click()
  await expect(ada.getByRole('heading', { level: 1, name: 'Attic' })).toBeVisible()
  await expect(bob.getByText('There is no such room, or you are not in it.')).toBeVisible()
  for (const page of [ada, bob, phone]) await expect(room(page, /^Zoo/)).toHaveCount(0)
})
