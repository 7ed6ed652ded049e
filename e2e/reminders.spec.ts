import { expect } from '@playwright/test'
import { io } from 'socket.io-client'
import { box, message, room, rooms } from './support/page.ts'
import { test } from './support/test.ts'

test('what is written is on every device until it is sent, and a reminder comes to all of them, over a restart', async ({
  natter,
  person,
  client,
  browser,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  const { roomId, seq } = await bob.say('the key is under the mat')
  const context = await browser.newContext({ storageState: { ...(await ann.context().storageState()), origins: [] } })
  const phone = await context.newPage()
  await phone.goto(natter.url)
  await box(ann).fill('on my way')
  await expect(box(phone)).toHaveValue('on my way')
  await phone.goto(`${natter.url}/saved`)
  await expect(room(phone, /Lobby/)).toContainText('Draft: on my way')
  await box(ann).press('Enter')
  await expect(room(phone, /Lobby/)).not.toContainText('Draft')

  await message(ann, 'the key is under the mat').focus()
  await ann.keyboard.press('w')
  await ann
    .getByRole('dialog')
    .getByRole('button', { name: /^Tomorrow morning/ })
    .press('Enter')
  await expect(ann.getByText(/^You will be reminded/)).toBeVisible()
  const kept = phone.getByRole('list', { name: 'Reminders' }).getByRole('listitem')
  await expect(kept).toContainText('the key is under the mat')

  // Nobody waits until tomorrow: a third device says that it is now, and the server ends.
  const cookies = (await ann.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
  const third = io(natter.url, { auth: { natter: 1 }, extraHeaders: { Cookie: cookies, Origin: natter.url } })
  await new Promise((resolve) => third.once('hello', resolve))
  await third.emitWithAck('reminder:set', { roomId, seq, at: Date.now() + 300 })
  third.disconnect()
  await natter.kill()
  await natter.restart()
  for (const page of [ann, phone]) {
    await expect(page.getByText('Reminder: Bob in Lobby: the key is under the mat')).toBeVisible()
    await expect(rooms(page).getByRole('link', { name: /^For you .*1 unread/ })).toBeVisible()
  }
  await phone.getByRole('button', { name: 'Open' }).click()
  await expect(message(phone, 'the key is under the mat')).toBeVisible()
  for (const page of [ann, phone])
    await expect(rooms(page).getByRole('link', { name: /^For you .*1 unread/ })).toBeHidden()
  await context.close()
})
