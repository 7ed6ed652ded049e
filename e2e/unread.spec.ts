import { expect, type Page } from '@playwright/test'
import { startRelay } from './durability/relay.ts'
import { box, list, look, makeRoom, message, room, rooms, talkTo, write } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

const line = (page: Page) => list(page).getByRole('heading', { name: /^New messages since/ })
const pill = (page: Page) => page.getByRole('button', { name: /^↓/ })
const favicon = (page: Page) => page.locator('#favicon').getAttribute('href')

test('opening a room with 300 unread messages does not read them; reading goes on where it stopped', async ({
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await makeRoom(ann, 'Kitchen')
  const { rooms: found } = await bob.ask('room:list', { query: 'Kitchen' })
  const kitchen = found[0]?.room.id ?? ''
  await bob.ask('room:join', { roomId: kitchen })
  await write(ann, 'read this far')
  await expect(message(ann, 'read this far')).toHaveAttribute('data-state', 'sent')
  await room(ann, 'Lobby').click()
  await bob.fill(300, (i) => `unread ${i + 1}.`, kitchen, 50)
  await expect(room(ann, /Kitchen.*more than 99 unread/)).toBeVisible()

  await room(ann, /Kitchen/).click()
  await expect(line(ann)).toBeInViewport()
  await expect(message(ann, 'unread 1.')).toBeInViewport()
  const [heading, region] = [await line(ann).boundingBox(), await list(ann).boundingBox()]
  expect(((heading?.y ?? 0) - (region?.y ?? 0)) / (region?.height ?? 1)).toBeCloseTo(0.2, 1)
  await expect(pill(ann)).toHaveText(/new/)
  await expect(message(ann, 'unread 300.')).not.toBeInViewport()

  // What was on screen is read, the rest is not.
  await expect(async () => {
    const mine = await readPosition(ann, kitchen)
    expect(mine).toBeGreaterThan(5)
    expect(mine).toBeLessThan(100)
  }).toPass()

  await pill(ann).click()
  await expect(message(ann, 'unread 300.')).toBeInViewport()
  await expect(room(ann, /Kitchen/)).not.toHaveAccessibleName(/unread/)
})

/** How many messages of the room are read, as another device of the same person hears it. */
async function readPosition(page: Page, roomId: string): Promise<number> {
  const tab = await page.context().newPage()
  const hello = new Promise<string>((resolve) =>
    tab.on('websocket', (socket) =>
      socket.on('framereceived', ({ payload }) => String(payload).startsWith('42["hello"') && resolve(String(payload))),
    ),
  )
  await tab.goto(page.url())
  const [, { rooms: mine }] = JSON.parse((await hello).slice(2)) as [
    string,
    { rooms: { room: { id: string }; readUpTo: number }[] },
  ]
  await tab.close()
  return mine.find((one) => one.room.id === roomId)?.readUpTo ?? 0
}

test('what comes while one looks away gets a line that stays where it is, until one leaves, writes or presses Esc', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(bob, 'before')
  await expect(message(ann, 'before')).toBeVisible()
  await expect(line(ann)).toHaveCount(0)
  await look(ann, false)
  await write(bob, 'while you were away')
  await expect(line(ann)).toBeVisible()
  const after = async () => {
    const [heading, text] = [await line(ann).boundingBox(), await message(ann, 'while you were away').boundingBox()]
    return (text?.y ?? 0) - (heading?.y ?? 0)
  }
  const distance = await after()
  expect(distance).toBeGreaterThan(0)
  await look(ann, true)
  await write(bob, 'and now you are here')
  await expect(message(ann, 'and now you are here')).toBeVisible()
  expect(await after()).toBe(distance)
  await ann.keyboard.press('Escape')
  await expect(line(ann)).toHaveCount(0)
})

test('a private message lights the mark, the title and the yellow count in every tab, and reading it puts them out', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const other = await ann.context().newPage()
  await other.goto(ann.url())
  await expect(box(other)).toBeVisible()
  await talkTo(bob, 'Ann')
  await write(bob, 'for you')
  for (const tab of [ann, other]) {
    await expect(tab).toHaveTitle('(1) Lobby')
    await expect.poll(() => favicon(tab)).toBe('/mark-lit.svg')
    await expect(room(tab, /Bob.*1 unread/)).toBeVisible()
  }
  await room(ann, /Bob/).click()
  await expect(message(ann, 'for you')).toBeVisible()
  for (const tab of [ann, other]) {
    await expect(tab).toHaveTitle(/^(Bob|Lobby)$/, { timeout: 2_000 })
    await expect.poll(() => favicon(tab)).toBe('/mark.svg')
    await expect(room(tab, /unread/)).toHaveCount(0)
  }
  await expect(rooms(bob)).not.toContainText('unread')
})

test('nothing is read by a page that nobody looks at; Esc reads what is there', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await makeRoom(ann, 'Kitchen')
  await look(ann, false)
  await write(bob, 'to the lobby')
  await expect(room(ann, /Lobby.*1 unread/)).toBeVisible()
  await room(ann, /Lobby/).click()
  await expect(message(ann, 'to the lobby')).toBeVisible()
  await expect(room(ann, /Lobby.*1 unread/)).toBeVisible()
  await ann.keyboard.press('Escape')
  await expect(room(ann, /Lobby/)).not.toHaveAccessibleName(/unread/)
})

test('one’s own messages and notices never count', async ({ natter, person }) => {
  const ann = await person('Ann')
  const tab = await ann.context().newPage()
  await tab.goto(natter.url)
  await makeRoom(tab, 'Kitchen')
  await write(ann, 'mine')
  await person('Bob')
  await expect(rooms(ann).getByRole('button', { name: /Bob/ })).toBeVisible()
  for (const page of [ann, tab]) await expect(room(page, /unread/)).toHaveCount(0)
})

test('what is read on one device is read on the other within two seconds', async ({
  person,
  client,
  browser,
  natter,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await makeRoom(ann, 'Kitchen')
  const phone = await browser.newContext({ storageState: await ann.context().storageState() })
  const other = await phone.newPage()
  await other.goto(natter.url)
  await bob.say('one for both')
  for (const page of [ann, other]) await expect(room(page, /Lobby.*1 unread/)).toBeVisible()
  await room(ann, /Lobby/).click()
  await expect(room(other, /Lobby/)).not.toHaveAccessibleName(/unread/, { timeout: 2_000 })
  await phone.close()
})

test('unread from here stays unread on every device that has the room open, through cuts, until one comes back to it', async ({
  person,
  client,
  browser,
  natter,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const relay = await startRelay(natter.url)
  const phone = await browser.newContext({ storageState: await ann.context().storageState() })
  const other = await phone.newPage()
  await other.goto(relay.url)
  for (const text of ['one', 'two', 'three']) await bob.say(text)
  for (const page of [ann, other]) {
    await expect(message(page, 'three')).toBeVisible()
    await expect(room(page, /Lobby/)).not.toHaveAccessibleName(/unread/)
  }

  await message(ann, 'two').focus()
  await ann.keyboard.press('u')
  for (const page of [ann, other]) {
    await expect(room(page, /Lobby.*2 unread/)).toBeVisible({ timeout: 2_000 })
    await expect(line(page)).toBeVisible()
  }
  await bob.say('four')
  for (const page of [ann, other]) await expect(room(page, /Lobby.*3 unread/)).toBeVisible()

  // Said where nobody hears it, and told later: what was read meanwhile on the other device does not count.
  relay.faults.closed = true
  relay.reset()
  await message(other, 'one').click({ button: 'right' })
  await other.getByRole('menuitem', { name: /^Unread from here/ }).click()
  await expect(room(other, /Lobby.*4 unread/)).toBeVisible()
  await ann.keyboard.press('Escape')
  await expect(room(ann, /Lobby/)).not.toHaveAccessibleName(/unread/)
  relay.faults.closed = false
  for (const page of [ann, other]) await expect(room(page, /Lobby.*4 unread/)).toBeVisible({ timeout: 15_000 })

  await makeRoom(ann, 'Kitchen')
  await room(ann, /Lobby/).click()
  for (const page of [ann, other]) await expect(room(page, /Lobby/)).not.toHaveAccessibleName(/unread/)
  await phone.close()
  await relay.close()
})
