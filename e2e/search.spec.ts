import { expect } from '@playwright/test'
import { box, list, write } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

test('Ctrl K leads to a room or a person by a few letters, and Esc back to where one was in a sentence', async ({
  person,
  client,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob Tran')]
  const { room } = await bob.ask('room:create', { name: 'Bookkeeping' })
  await bob.ask('room:add', {
    roomId: room.id,
    personId: (await bob.ask('people:list', { query: 'Ann' })).people[0]?.id ?? '',
  })
  await bob.say('The ledger is in the drawer', room.id)
  await box(ann).pressSequentially('half a sentence')
  for (let i = 0; i < 8; i++) await ann.keyboard.press('ArrowLeft')
  const jump = ann.getByRole('dialog', { name: 'Jump or search' })
  const field = jump.getByRole('combobox')
  await expect(async () => {
    await ann.keyboard.press('Control+k')
    await expect(field).toBeFocused({ timeout: 500 })
  }).toPass()
  await expect(jump.getByRole('option').first()).toContainText('Bookkeeping')
  await ann.keyboard.press('Escape')
  await expect(jump).toBeHidden()
  await expect(box(ann)).toBeFocused()
  await ann.keyboard.type('!')
  await expect(box(ann)).toHaveValue('half a !sentence')

  await ann.keyboard.press('Control+k')
  await field.pressSequentially('book')
  await expect(jump.getByRole('option', { selected: true })).toContainText('Bookkeeping')
  await field.press('Enter')
  await expect(ann.getByRole('heading', { level: 1, name: 'Bookkeeping' })).toBeVisible()
  await ann.keyboard.press('Control+k')
  await field.pressSequentially('tran')
  await field.press('Enter')
  await expect(ann.getByRole('heading', { level: 1, name: 'Bob Tran' })).toBeVisible()

  await ann.keyboard.press('Control+k')
  await field.pressSequentially('ledg')
  const hit = jump.getByRole('option', { name: /ledger/ })
  await expect(hit).toContainText('Bob Tran in Bookkeeping')
  await hit.click()
  await expect(list(ann).locator(':focus')).toContainText('The ledger is in the drawer')
})

test('what was said is found, read in its room, and found again as it was by going back, until it is deleted', async ({
  person,
  client,
  natter,
}) => {
  const bob = await client('Bob')
  await bob.fill(120, (i) => (i % 2 === 0 ? `Crème brûlée number ${i}` : `something else ${i}`))
  const ann = await person('Ann')
  await write(ann, 'No dessert for me')
  const results = ann.getByRole('list', { name: 'Results' })
  await expect(async () => {
    await ann.keyboard.press('Control+k')
    await expect(ann.getByRole('combobox')).toBeFocused({ timeout: 500 })
  }).toPass()
  await ann.keyboard.type('creme brul')
  await ann.keyboard.press('Control+Enter')
  await expect(ann).toHaveURL(`${natter.url}/search?q=creme+brul`)
  await expect(results.getByRole('listitem')).toHaveCount(20)
  await expect(results.locator('mark').first()).toHaveText('Crème')
  await ann.getByRole('button', { name: 'More results' }).click()
  await expect(results.getByRole('listitem')).toHaveCount(40)
  const far = results.getByRole('link', { name: /number 60\b/ })
  await expect(far).toHaveAccessibleDescription('Before it: Bob something else 59 After it: Bob something else 61')
  await far.focus()
  await ann.keyboard.press('j')
  await expect(results.getByRole('link', { name: /number 58\b/ })).toBeFocused()
  await ann.keyboard.press('Enter')
  await expect(list(ann).locator(':focus')).toContainText('Crème brûlée number 58')
  await ann.goBack()
  const opened = results.getByRole('link', { name: /number 58\b/ })
  await expect(opened).toBeFocused()
  await expect(opened).toBeInViewport()
  await bob.ask('message:delete', { roomId: bob.roomId, seq: 59 })
  await expect(opened).toHaveCount(0)

  await ann.getByRole('searchbox', { name: 'Search messages' }).fill('overlpa')
  await expect(ann.getByRole('heading', { name: 'Nothing says “overlpa”.' })).toBeVisible()
  await ann.reload()
  await expect(ann.getByRole('searchbox', { name: 'Search messages' })).toHaveValue('overlpa')
})
