import { expect, type Page } from '@playwright/test'
import { box, message, openPage, rooms, write } from './support/page.ts'
import { own } from './support/place.ts'
import { test } from './support/test.ts'

/** What can be done about somebody, as it is found among the people of the place. */
async function about(page: Page, name: string) {
  await openPage(page, 'Manage people', 'People')
  await page.getByRole('button', { name: `More about ${name}` }).click()
  return page.getByRole('dialog', { name, exact: true })
}

test('a report reaches those who look after the place, who delete the message and mute its author while others talk', async ({
  natter,
  browser,
  person,
  client,
}) => {
  const ada = await own(browser, natter)
  const sam = await person('Sam')
  const eve = await client('Eve')
  await write(sam, 'Buy my watches')
  await expect(message(ada, 'Buy my watches')).toBeVisible()
  await expect.poll(async () => (await eve.history()).length).toBe(1)
  await eve.ask('report:make', { roomId: eve.roomId, seq: 1, reason: 'It is an advertisement.' })
  await openPage(ada, 'Manage people (1)', 'People')
  await ada.getByRole('link', { name: 'Reports (1)' }).click()
  const queue = ada.getByRole('main', { name: 'Reports' })
  const report = queue.getByRole('listitem')
  await expect(report).toContainText('Buy my watches')
  await expect(report).toContainText('“It is an advertisement.”')
  await expect(report).toContainText('reported by Eve, in Lobby')
  await report.getByRole('button', { name: 'About Sam' }).click()
  const dialog = ada.getByRole('dialog', { name: 'Sam', exact: true })
  await eve.say('and meanwhile I talk')
  await dialog.getByRole('button', { name: 'Mute Sam' }).click()
  await expect(dialog.getByText(/^Reads and does not write, anywhere here, until /)).toBeVisible()
  await expect(sam.getByText(/^You can read here, and write again from /)).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()
  await report.getByRole('button', { name: 'Delete it' }).click()
  await expect(queue.getByText('Nothing has been reported.')).toBeVisible()
  await expect(rooms(ada).getByRole('link', { name: 'Manage people', exact: true })).toBeVisible()
  await expect(sam.getByText('A moderator deleted a message.').first()).toBeVisible()
  await expect(message(sam, 'and meanwhile I talk')).toBeVisible()
  await write(sam, 'But they are good')
  await expect(sam.getByText('Not sent: You can read here, and write again in 1 hour.')).toBeVisible()

  await ada.getByRole('link', { name: 'What was done' }).click()
  const log = ada.getByRole('main', { name: 'What was done' })
  await expect(log.getByText('Ada deleted a message of Sam in Lobby')).toBeVisible()
  await expect(log.getByText(/^Ada muted Sam until /)).toBeVisible()
})

test('somebody is banned while they talk, and does not come back in that browser under any name', async ({
  natter,
  browser,
  person,
}) => {
  const ada = await own(browser, natter)
  const sam = await person('Sam')
  await write(sam, 'I talk')
  await expect(message(ada, 'I talk')).toBeVisible()
  const dialog = await about(ada, 'Sam')
  await dialog.getByRole('button', { name: 'Ban Sam' }).click()
  await expect(dialog.getByText(/^Ban Sam\? Sam is signed out everywhere and cannot come back\./)).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Keep Sam' })).toBeFocused()
  await box(sam).fill('I go on')
  await dialog.getByRole('button', { name: 'Ban Sam' }).click()
  const refusal = sam.getByText('You cannot come in from here: ask whoever looks after this place.')
  await expect(sam.getByRole('heading', { name: /^You’ve been banned from / })).toBeVisible()
  await expect(refusal).toBeVisible()
  await expect(sam.getByRole('button')).toHaveCount(0)
  await sam.reload()
  await expect(refusal).toBeVisible()
  await expect(sam.getByLabel('What should people call you?')).toHaveCount(0)
  const again = await sam.request.post(`${natter.url}/api/people`, {
    data: { name: 'Sam again' },
    headers: { Origin: natter.url },
  })
  expect(again.status()).toBe(403)
  await expect(dialog.getByText('Sam is banned.')).toBeVisible()
  await dialog.getByRole('button', { name: 'Let Sam come back' }).click()
  await sam.goto(natter.url)
  await expect(box(sam)).toBeVisible()
})

test('what somebody wrote is deleted in one act and put back; one message is deleted, and a person blocked, from the message', async ({
  natter,
  browser,
  client,
}) => {
  const ada = await own(browser, natter)
  const sam = await client('Sam')
  for (const text of ['one', 'two', 'three']) await sam.say(`Advertisement ${text}`)
  await expect(message(ada, 'Advertisement three')).toBeVisible()
  await message(ada, 'Advertisement three').focus()
  await ada.keyboard.press('i')
  const dialog = ada.getByRole('dialog', { name: 'Sam', exact: true })
  await dialog.getByRole('button', { name: 'More about Sam' }).click()
  await dialog.getByRole('button', { name: 'Delete messages of Sam' }).click()
  await dialog.getByRole('button', { name: 'Delete them' }).click()
  await expect(dialog.getByText('3 messages deleted.')).toBeVisible()
  await expect(message(ada, /Advertisement/)).toHaveCount(0)
  await expect(message(ada, /A moderator deleted/).first()).toBeVisible()
  await dialog.getByRole('button', { name: 'Put them back' }).click()
  await expect(dialog.getByText('3 messages put back.')).toBeVisible()
  await expect(message(ada, 'Advertisement two')).toBeVisible()
  await dialog.getByRole('button', { name: 'Close' }).click()

  await message(ada, 'Advertisement two').focus()
  await ada.keyboard.press('Delete')
  await expect(message(ada, 'Advertisement two')).toHaveCount(0)
  await expect(message(ada, 'A moderator deleted a message.')).toBeVisible()
  await message(ada, 'Advertisement one').focus()
  await ada.keyboard.press('i')
  const person = ada.getByRole('dialog', { name: 'Sam', exact: true })
  await person.getByRole('button', { name: 'More about Sam' }).click()
  await person.getByRole('button', { name: 'Block Sam' }).click()
  await expect(person.getByRole('button', { name: 'Unblock Sam' })).toBeVisible()
  await person.getByRole('button', { name: 'Close' }).click()
  await expect(message(ada, 'Advertisement one')).toHaveCount(0)
  await ada.getByRole('button', { name: 'Show' }).first().click()
  await expect(message(ada, 'Advertisement one')).toBeVisible()
})
