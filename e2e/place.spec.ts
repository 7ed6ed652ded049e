import { expect } from '@playwright/test'
import { list, makeRoom, message, openPage, room, rooms, write } from './support/page.ts'
import { invite, own, ownerLink } from './support/place.ts'
import { test } from './support/test.ts'

test.use({ environment: { JOIN: 'invite' } })

test('the link of the console makes an owner, once, and an invitation leads from its link to a message in seconds', async ({
  natter,
  browser,
}) => {
  const ada = await own(browser, natter)
  await expect(ada).toHaveURL(/\/r\/[\w-]+$/)
  await expect(rooms(ada).getByText('Fernhill Tool Library')).toBeVisible()

  await makeRoom(ada, 'Repair café')
  await ada.getByRole('button', { name: 'People and topic' }).click()
  await ada.getByRole('complementary').getByRole('button', { name: 'Invite people' }).click()
  const link = await invite(ada)
  expect(link).toMatch(/\/join#[\w-]{22}$/)

  const bob = await (await browser.newContext()).newPage()
  await bob.goto(natter.url)
  await expect(bob.getByText('People come in here by invitation.')).toBeVisible()
  const since = performance.now()
  await bob.goto(link)
  await expect(bob.getByRole('heading', { name: 'Ada kept you a seat at Fernhill Tool Library.' })).toBeVisible()
  await expect(bob.getByText('You’ll land in Repair café.')).toBeVisible()
  await bob.getByLabel('What should people call you?').fill('Bob')
  await bob.keyboard.press('Enter')
  await write(bob, 'Here I am.')
  await expect(message(bob, 'Here I am.')).toHaveAttribute('data-state', 'sent')
  console.log(JSON.stringify({ fromLinkToMessageMs: Math.round(performance.now() - since) }))
  await expect(bob.getByRole('heading', { level: 1, name: 'Repair café' })).toBeVisible()
  await expect(bob).toHaveURL(/\/r\/[\w-]+$/)
  await expect(message(ada, 'Here I am.')).toBeVisible()
  await expect(rooms(bob).getByRole('link', { name: 'This place' })).toHaveCount(0)

  // The console's link is spent, and what it was is nowhere to be seen.
  const eve = await (await browser.newContext()).newPage()
  await eve.goto(await ownerLink(natter))
  await eve.getByLabel('What is this place called?').fill('Evil')
  await eve.getByLabel('And what should people call you?').fill('Eve')
  await eve.keyboard.press('Enter')
  await expect(eve.getByText('This link has stopped working. Start Natter again for a new one.')).toBeVisible()
  await natter.kill('SIGTERM')
  await natter.restart()
  expect(natter.output().match(/To own it, open/g)).toHaveLength(1)
})

test('a link that was stopped says so, and lets nobody in', async ({ natter, browser }) => {
  const ada = await own(browser, natter)
  await rooms(ada).getByRole('button', { name: 'Invite people' }).click()
  const link = await invite(ada, async (dialog) => {
    await dialog.getByRole('radio', { name: 'An hour' }).check()
    await dialog.getByRole('radio', { name: '10 people' }).check()
  })
  const dialog = ada.getByRole('dialog', { name: 'Invite people' })
  await expect(dialog.getByText(/^for members, 0 of 10 came by it, until /)).toBeVisible()
  await dialog.getByRole('button', { name: /^Stop the link of Ada/ }).click()
  await expect(dialog.getByText('Links that work')).toHaveCount(0)

  const eve = await (await browser.newContext()).newPage()
  await eve.goto(link)
  await expect(eve.getByText('This link has stopped working. Ask whoever sent it for a new one.')).toBeVisible()
  await expect(eve.getByLabel('What should people call you?')).toHaveCount(0)
})

test('a guest sees the room they were invited to, and no other', async ({ natter, browser }) => {
  const ada = await own(browser, natter)
  await makeRoom(ada, 'Repair café')
  await ada.getByRole('button', { name: 'People and topic' }).click()
  await ada.getByRole('complementary').getByRole('button', { name: 'Invite people' }).click()
  const link = await invite(ada, (dialog) => dialog.getByRole('radio', { name: /^A guest/ }).check())
  const gus = await (await browser.newContext()).newPage()
  await gus.goto(link)
  await gus.getByLabel('What should people call you?').fill('Gus')
  await gus.keyboard.press('Enter')
  await expect(list(gus)).toHaveAccessibleName('Messages in Repair café')
  await expect(rooms(gus).getByRole('listitem').getByRole('link')).toHaveCount(1)
})

test('somebody is removed while they look, after a question that says what it means; what they wrote stays', async ({
  natter,
  browser,
}) => {
  const ada = await own(browser, natter)
  await rooms(ada).getByRole('button', { name: 'Invite people' }).click()
  const link = await invite(ada)
  await ada.keyboard.press('Escape')
  const sam = await (await browser.newContext()).newPage()
  await sam.goto(link)
  await sam.getByLabel('What should people call you?').fill('Sam')
  await sam.keyboard.press('Enter')
  await write(sam, 'Buy my watches')
  await expect(message(ada, 'Buy my watches')).toBeVisible()

  const page = await openPage(ada, 'Manage people', 'People')
  await expect(page.getByRole('row')).toHaveText([/^Name/, /^A.*AdaYou.*Now$/, /^S.*Sam.*Now$/])
  await page.getByRole('searchbox', { name: 'Find a person' }).fill('Sa')
  await expect(page.getByRole('row', { name: /Ada/ })).toHaveCount(0)
  await page.getByRole('combobox', { name: 'Role of Sam' }).selectOption('Guest')
  await page.getByRole('button', { name: 'Make Sam a guest' }).click()
  await expect(page.getByRole('button', { name: 'Make Sam a guest' })).toHaveCount(0)
  await expect(page.getByRole('combobox', { name: 'Role of Sam' })).toHaveValue('guest')
  await expect(page.getByRole('combobox', { name: 'Role of Sam' })).toBeFocused()
  await page.getByRole('button', { name: 'More about Sam' }).click()
  await ada.getByRole('dialog', { name: 'Sam', exact: true }).getByRole('button', { name: 'Remove Sam' }).click()
  const asked = ada.getByRole('dialog', { name: 'Remove Sam?' })
  await expect(asked.getByText('Sam is signed out everywhere. What Sam wrote stays.')).toBeVisible()
  await expect(asked.getByRole('button', { name: 'Keep Sam' })).toBeFocused()
  await asked.getByRole('button', { name: 'Remove Sam' }).click()
  await expect(
    sam.getByRole('heading', { name: 'You’ve been removed from Fernhill Tool Library. What you wrote stays.' }),
  ).toBeVisible()
  await expect(page.getByText('Removed')).toBeVisible()
  await expect(page.getByRole('button', { name: 'More about Sam' })).toBeFocused()
  await room(ada, /^Lobby/).click()
  await expect(message(ada, 'Buy my watches')).toContainText('Sam')
})

test.describe('where nobody has decided who may come in', () => {
  test.use({ environment: {} })

  test('its owner does, and others see the name it is given', async ({ natter, browser, person }) => {
    const bob = await person('Bob')
    const ada = await own(browser, natter)
    await expect(rooms(bob).getByText('Fernhill Tool Library')).toBeVisible()
    const page = await openPage(ada, 'This place')
    await page.getByRole('textbox', { name: 'Name of this place' }).fill('Fernhill')
    await ada.keyboard.press('Enter')
    const door = page.getByRole('region', { name: 'Who may come in' })
    await door.getByRole('radio', { name: 'Nobody new' }).check()
    await door.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Saved.')).toHaveCount(2)
    await expect(rooms(bob).getByText('Fernhill', { exact: true })).toBeVisible()
    const eve = await (await browser.newContext()).newPage()
    await eve.goto(natter.url)
    await expect(eve.getByText('This place is closed to newcomers.')).toBeVisible()
  })
})
