import { expect } from '@playwright/test'
import { settle } from './support/kept.ts'
import { box, openPage, openSettings, room, rooms, write } from './support/page.ts'
import { own } from './support/place.ts'
import { test } from './support/test.ts'

test('a page is reached by keys and by its address, left by going back, and on a phone stands in place of the list', async ({
  natter,
  browser,
}) => {
  const ada = await own(browser, natter)
  const lobby = ada.url()
  const heading = (name: string) => ada.getByRole('heading', { level: 1, name, exact: true })
  await rooms(ada).getByRole('link', { name: 'Manage people' }).focus()
  await ada.keyboard.press('Enter')
  await expect(heading('People')).toBeFocused()
  await expect(ada).toHaveURL(`${natter.url}/people`)
  await expect(ada).toHaveTitle('People')
  await ada.keyboard.press('Tab')
  await ada.keyboard.press('Tab')
  await expect(ada.getByRole('link', { name: 'Reports' })).toBeFocused()
  await ada.keyboard.press('Enter')
  await expect(heading('Reports')).toBeFocused()
  await expect(ada.getByText('Nothing has been reported.')).toBeVisible()
  await ada.reload()
  await expect(heading('Reports')).toBeFocused()
  await ada.goBack()
  await expect(heading('People')).toBeVisible()
  await ada.goBack()
  await expect(box(ada)).toBeVisible()
  expect(ada.url()).toBe(lobby)

  await ada.setViewportSize({ width: 390, height: 844 })
  await ada.goto(`${natter.url}/settings`)
  await expect(heading('You and your devices')).toBeFocused()
  await expect(ada.getByText('This browser', { exact: true })).toBeVisible()
  await expect(rooms(ada)).toBeHidden()
  expect(await ada.evaluate(() => document.documentElement.scrollWidth)).toBe(390)
  await ada.getByRole('link', { name: 'Back to the rooms' }).click()
  await expect(rooms(ada)).toBeVisible()
  await openPage(ada, 'This place')
  await ada.goBack()
  await expect(rooms(ada)).toBeVisible()
})

test('who may not see a page finds nothing at its address, as at a wrong one; with the right it is there at once', async ({
  natter,
  browser,
  person,
}) => {
  const ada = await own(browser, natter)
  const bob = await person('Bob')
  const wrong = await bob.request.get(`${natter.url}/people/wrong`)
  expect(wrong.status()).toBe(404)
  await bob.goto(`${natter.url}/people`)
  await expect(bob.getByRole('heading', { name: await wrong.text() })).toBeVisible()
  const page = await openPage(ada, 'Manage people', 'People')
  await page.getByRole('combobox', { name: 'Role of Bob' }).selectOption('Admin')
  await page.getByRole('button', { name: 'Make Bob an admin' }).click()
  await expect(bob.getByRole('row', { name: /Ada/ })).toBeVisible()
  await page.getByRole('combobox', { name: 'Role of Bob' }).selectOption('Member')
  await page.getByRole('button', { name: 'Make Bob a member' }).click()
  await expect(bob.getByRole('heading', { name: await wrong.text() })).toBeFocused()
  await expect(bob.getByRole('table')).toHaveCount(0)
  await page.getByRole('searchbox', { name: 'Find a person' }).fill('zzz')
  await expect(page.getByText('Nobody here is called zzz.')).toBeVisible()
  await expect(page.getByRole('alert').filter({ hasText: /./ })).toHaveCount(0)
})

test('those who look after the place see all of its rooms, join one, and bring back one that was put away', async ({
  natter,
  browser,
  client,
}) => {
  const ada = await own(browser, natter)
  const bob = await client('Bob')
  for (const name of ['Bench', 'Attic']) await bob.ask('room:create', { name })
  const { rooms: all } = await bob.ask('room:list', {})
  const attic = all.find(({ room: { name } }) => name === 'Attic')?.room.id ?? ''
  await bob.ask('room:archive', { roomId: attic, archived: true })
  const place = await openPage(ada, 'This place')
  await place.getByRole('link', { name: 'Show all rooms' }).click()
  const page = ada.getByRole('main', { name: 'Rooms' })
  await expect(page.getByRole('heading', { level: 1 })).toBeFocused()
  await expect(page.getByRole('row')).toHaveCount(3)
  await page.getByRole('radio', { name: 'Archived rooms' }).check()
  await page
    .getByRole('row', { name: /^Attic 1/ })
    .getByRole('button', { name: 'Bring back' })
    .click()
  await expect(page.getByText('There is no such room.')).toBeVisible()
  await page.getByRole('radio', { name: 'Public rooms' }).check()
  await page.getByRole('searchbox', { name: 'Find a room' }).fill('ben')
  await expect(page.getByRole('row')).toHaveCount(2)
  await page.getByRole('button', { name: 'Join Bench' }).click()
  await expect(ada.getByRole('heading', { level: 1, name: 'Bench' })).toBeVisible()
})

test.describe('without a network', () => {
  test.use({ serviceWorkers: 'allow' })

  test('a page opens by its address, says what it could not ask for, and has it when the network is back', async ({
    person,
  }) => {
    const ann = await person('Ann')
    await write(ann, 'before')
    await openSettings(ann)
    await settle(ann, 'before')
    await ann.context().setOffline(true)
    await ann.reload()
    const page = ann.getByRole('main', { name: 'You and your devices' })
    await expect(page.getByRole('textbox', { name: 'Your name' })).toHaveValue('Ann')
    await expect(page.getByText('Natter does not answer just now.').first()).toBeVisible()
    await ann.context().setOffline(false)
    await expect(page.getByText('This browser', { exact: true })).toBeVisible({ timeout: 20_000 })
    await expect(page.getByText('Natter does not answer just now.')).toHaveCount(0)
    await room(ann, /^Lobby/).click()
    await expect(box(ann)).toBeVisible()
  })
})
