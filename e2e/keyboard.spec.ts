import { expect, type Page } from '@playwright/test'
import { box, list, message, room, rooms, write } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

const focused = (page: Page) => page.locator(':focus')
/** Tab, until this has the focus. */
async function tabTo(page: Page, name: string | RegExp, back = false): Promise<void> {
  const named = page.locator(':focus').and(page.getByRole('link', { name }).or(page.getByRole('button', { name })))
  for (let i = 0; i < 30 && (await named.count()) === 0; i++) await page.keyboard.press(back ? 'Shift+Tab' : 'Tab')
  await expect(named).toHaveCount(1)
}

test('one comes in, writes, makes a room, goes from room to room and leaves it again without a mouse', async ({
  natter,
  browser,
  person,
}) => {
  const bob = await person('Bob')
  const page = await (await browser.newContext()).newPage()
  await page.goto(natter.url)
  await expect(page.getByLabel('What should people call you?')).toBeFocused()
  await page.keyboard.type('Ann')
  await page.keyboard.press('Enter')
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('hello')
  await page.keyboard.press('Enter')
  await expect(message(bob, 'hello')).toBeVisible()

  await tabTo(page, 'Make or find a room', true)
  await page.keyboard.press('Enter')
  await page.keyboard.type('Kitchen')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Kitchen' })).toBeVisible()
  await expect(box(page)).toBeFocused()
  await page.keyboard.press('Alt+ArrowUp')
  await expect(page.getByRole('heading', { level: 1, name: 'Lobby' })).toBeVisible()
  await page.keyboard.press('Alt+ArrowDown')
  await expect(page.getByRole('heading', { level: 1, name: 'Kitchen' })).toBeVisible()

  await tabTo(page, 'People and topic', true)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('complementary', { name: 'People and topic' })).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('complementary')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'People and topic' })).toBeFocused()
  await page.keyboard.press('Enter')
  await tabTo(page, 'Leave room')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Lobby' })).toBeVisible()
  await expect(room(page, 'Kitchen')).toHaveCount(0)

  await tabTo(page, /^Bob/, true)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'Bob' })).toBeVisible()
})

test('F6 goes from region to region, a letter goes to the box, Esc goes back to it', async ({ person }) => {
  const ann = await person('Ann')
  await write(ann, 'something')
  await expect(message(ann, 'something')).toBeVisible()
  await ann.keyboard.press('F6')
  await expect(focused(ann).locator('xpath=ancestor-or-self::nav')).toHaveCount(1)
  await ann.keyboard.press('F6')
  await expect(message(ann, 'something')).toBeFocused()
  await ann.keyboard.press('F6')
  await expect(box(ann)).toBeFocused()
  await ann.keyboard.press('Shift+F6')
  await expect(message(ann, 'something')).toBeFocused()
  await ann.keyboard.press('Escape')
  await expect(box(ann)).toBeFocused()
  await list(ann).click({ position: { x: 300, y: 60 } })
  await ann.keyboard.type('typed anywhere')
  await expect(box(ann)).toHaveValue('typed anywhere')
})

test('the list is one tab stop; the focus stays on its message when older ones come and newer ones go', async ({
  person,
  client,
}) => {
  const bob = await client('Bob')
  await bob.fill(1_000, (i) => `line ${i + 1}.`, bob.roomId, 100)
  const ann = await person('Ann')
  await expect(message(ann, 'line 1000.')).toBeInViewport()
  await ann.keyboard.press('Shift+Tab')
  const stops = await list(ann).locator('[tabindex="0"]').count()
  expect(stops).toBe(1)
  await expect(message(ann, 'line 1000.')).toBeFocused()
  await ann.keyboard.press('ArrowUp')
  await expect(message(ann, 'line 999.')).toBeFocused()

  const scroller = list(ann)
  const topmost = () => scroller.evaluate((box) => Number(box.querySelector<HTMLElement>('[data-seq]')?.dataset['seq']))
  for (let first = 901; first > 300; first = await topmost()) {
    await scroller.evaluate((box) => box.scrollTo(0, -box.scrollHeight))
    await expect.poll(topmost).toBeLessThan(first)
    // All lines are of one height, so where as many go as come, the list is as high as before.
    await expect(message(ann, `line ${first}.`)).toBeInViewport()
    await expect(message(ann, 'line 999.')).toBeFocused()
  }
  // It is the only one of the newest that is still there.
  await expect(message(ann, 'line 998.')).toHaveCount(0)
  await box(ann).focus()
  await expect(message(ann, 'line 999.')).toHaveCount(0)
})

test('no incoming event moves the focus', async ({ natter, person, client }) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const topic = async (text: string) => void (await bob.ask('room:topic', { roomId: bob.roomId, topic: text }))
  await bob.say('one')
  await expect(message(ann, 'one')).toBeVisible()
  await ann.keyboard.press('Shift+Tab')
  await expect(message(ann, 'one')).toBeFocused()
  const events = [
    () => bob.say('two'),
    () => topic('What it is for'),
    () => bob.ask('people:rename', { name: 'Robert' }),
    () => bob.ask('room:direct', { personId: '' }).catch(() => null),
    async () => {
      const me = await bob.ask('people:list', { query: 'Ann' })
      const { room: direct } = await bob.ask('room:direct', { personId: me.people[0]?.id ?? '' })
      await bob.say('for you', direct.id)
    },
    () => bob.ask('typing:set', { roomId: bob.roomId, typing: true }),
    async () => {
      await natter.kill()
      await natter.restart()
      await bob.say('after the restart').catch(() => bob.say('after the restart'))
    },
  ]
  for (const event of events) {
    await event()
    await expect(message(ann, 'one')).toBeFocused()
  }
  await expect(message(ann, 'after the restart')).toBeVisible({ timeout: 20_000 })
  await expect(message(ann, 'one')).toBeFocused()
  await expect(rooms(ann).getByRole('link', { name: /Robert/ })).toBeVisible()
})

test('whoever has clicked on a message, or has gone to a hit, types on into the box; letters are for keys that moved there', async ({
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await bob.say('one')
  await bob.say('two')
  const one = message(ann, 'one')
  await message(ann, 'two').click()
  await one.getByText('one').click()
  await expect(one).toBeFocused()
  await ann.keyboard.type('spuce')
  await expect(box(ann)).toHaveValue('spuce')
  await expect(list(ann).getByText(/Pinned/)).toHaveCount(0)
  await box(ann).fill('')

  await one.click({ button: 'right' })
  await ann.getByRole('menuitem', { name: /^Copy text/ }).click()
  await expect(one).toBeFocused()
  await ann.keyboard.type('p')
  await expect(box(ann)).toHaveValue('p')
  await box(ann).fill('')

  await ann.keyboard.press('Control+k')
  await ann.keyboard.type('two')
  await ann.getByRole('option', { name: /Bob in Lobby/ }).click()
  await expect(message(ann, 'two')).toBeFocused()
  await ann.keyboard.type('p')
  await expect(box(ann)).toHaveValue('p')

  await box(ann).fill('')
  await one.getByText('one').click()
  await ann.keyboard.press('ArrowDown')
  await expect(message(ann, 'two')).toBeFocused()
  await ann.keyboard.type('p')
  await expect(message(ann, /two.*Pinned by you/)).toBeVisible()
  await expect(box(ann)).toHaveValue('')
})
