import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { box, list, message, room, rooms } from './support/page.ts'
import { test } from './support/test.ts'

const catchUp = (page: Page) => page.getByRole('main', { name: 'Catch up' })
const heading = (page: Page, name: string) => catchUp(page).getByRole('link', { name, exact: true })
const section = (page: Page, name: string) => catchUp(page).getByRole('region', { name })
const undo = (page: Page) => page.getByRole('status').getByRole('button', { name: 'Undo' })
const headings = (page: Page) => catchUp(page).getByRole('heading', { level: 2 })

test('everything unread is on one page, what is for you first; it is read, put back and opened by keys', async ({
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const annId = await ann.evaluate(() => localStorage.getItem('natter.me'))
  const { room: direct } = await bob.ask('room:direct', { personId: annId ?? '' })
  const names = ['Garden', 'Kitchen']
  const made = await Promise.all(names.map((name) => bob.ask('room:create', { name, private: true })))
  for (const { room: one } of made) await bob.ask('room:add', { roomId: one.id, personId: annId ?? '' })
  const [garden = '', kitchen = ''] = made.map(({ room: one }) => one.id)
  await bob.fill(12, (i) => `seedling ${i + 1}`, garden, 1)
  await bob.say('the kettle is on', kitchen)
  await bob.say('are you bringing the drill?', direct.id)

  await room(ann, /^Catch up.*14 unread/).click()
  await expect(headings(ann)).toHaveText(['Bob', 'Garden', 'Kitchen'])
  await expect(heading(ann, 'Bob')).toBeFocused()
  await expect(catchUp(ann).getByText('14 messages in 3 rooms')).toBeVisible()
  await expect(section(ann, 'Garden').getByRole('listitem')).toHaveCount(8)
  await expect(section(ann, 'Garden').getByRole('link', { name: 'and 4 more' })).toBeVisible()
  const { violations } = await new AxeBuilder({ page: ann }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])

  // What arrives counts at once, and nothing that is on the page moves.
  const places = () =>
    catchUp(ann).evaluate((page) =>
      [...page.querySelectorAll('h2, li')].map((one) => one.getBoundingClientRect().toJSON() as unknown),
    )
  const before = await places()
  await bob.say('and biscuits', kitchen)
  await expect(section(ann, 'Kitchen').getByRole('link', { name: 'and 1 more' })).toBeVisible()
  expect(await places()).toEqual(before)
  await bob.say('to everybody')
  await expect(headings(ann)).toHaveText(['Bob', 'Garden', 'Kitchen', 'Lobby'])
  expect((await places()).slice(0, before.length)).toEqual(before)

  await ann.keyboard.press('j')
  await expect(heading(ann, 'Garden')).toBeFocused()
  await ann.keyboard.press('j')
  await ann.keyboard.press('k')
  await ann.keyboard.press('e')
  await expect(headings(ann)).toHaveText(['Bob', 'Kitchen', 'Lobby'])
  await expect(heading(ann, 'Kitchen')).toBeFocused()
  await expect(room(ann, /Garden/)).not.toHaveAccessibleName(/unread/)
  await undo(ann).click()
  await expect(room(ann, /Garden.*12 unread/)).toBeVisible()
  await expect(headings(ann)).toHaveText(['Bob', 'Kitchen', 'Lobby', 'Garden'])

  await heading(ann, 'Kitchen').focus()
  await ann.keyboard.press('Enter')
  await expect(box(ann)).toHaveAccessibleName('Message Kitchen')
  await expect(message(ann, 'and biscuits')).toBeVisible()
  await expect(room(ann, /Kitchen/)).not.toHaveAccessibleName(/unread/)
  await room(ann, /^Catch up/).click()
  await section(ann, 'Garden').getByRole('button', { name: 'Mark read: Garden' }).click()
  await expect(headings(ann)).toHaveText(['Bob', 'Lobby'])
  await catchUp(ann).getByRole('button', { name: 'Mark everything read' }).click()
  await expect(catchUp(ann).getByRole('heading', { name: 'You’re all caught up.' })).toBeVisible()
  await expect(room(ann, /unread/)).toHaveCount(0)
})

test('Shift Esc reads everything, and Undo puts every room back to where it was, also on the other device', async ({
  person,
  client,
  browser,
  natter,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const phone = await browser.newContext({ storageState: await ann.context().storageState() })
  const other = await phone.newPage()
  await other.goto(natter.url)
  await expect(box(other)).toBeVisible()
  const annId = await ann.evaluate(() => localStorage.getItem('natter.me'))
  const { room: kitchen } = await bob.ask('room:create', { name: 'Kitchen', private: true })
  await bob.ask('room:add', { roomId: kitchen.id, personId: annId ?? '' })
  await bob.fill(3, (i) => `plate ${i + 1}`, kitchen.id, 1)
  for (const page of [ann, other]) await expect(room(page, /Kitchen.*3 unread/)).toBeVisible()

  await box(ann).press('Shift+Escape')
  await expect(ann.getByText('Everything is read.')).toBeVisible()
  for (const page of [ann, other]) await expect(room(page, /Kitchen/)).not.toHaveAccessibleName(/unread/)
  await undo(ann).click()
  for (const page of [ann, other]) await expect(room(page, /Kitchen.*3 unread/)).toBeVisible({ timeout: 2_000 })
  await room(other, /Kitchen/).click()
  await expect(list(other).getByRole('heading', { name: /^New messages since/ })).toBeVisible()
  for (const page of [ann, other]) await expect(rooms(page)).not.toContainText('3 unread')
  await phone.close()
})
