import { expect } from '@playwright/test'
import { box, list, makeRoom, message, room, rooms } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

test('an answer by key stands in the room with what it quotes, and beside it with the others; it is for whoever wrote there', async ({
  person,
  client,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  const first = await bob.say('who is for tea?')
  await bob.fill(120, (i) => `meanwhile ${i + 1}.`)
  await expect(message(ann, 'meanwhile 120.')).toBeVisible()
  await ann.goto(`${ann.url()}/${first.seq}`)
  await expect(message(ann, 'who is for tea?')).toBeFocused()

  await ann.keyboard.press('r')
  await expect(box(ann)).toBeFocused()
  await expect(ann.getByRole('form', { name: /^Write to / })).toContainText('Replying to Bob: who is for tea?')
  await ann.keyboard.type('me')
  await expect.poll(() => ann.evaluate(() => JSON.stringify(localStorage))).toContain('\\nme"')
  await ann.reload()
  await expect(ann.getByRole('button', { name: 'Don’t reply to Bob' })).toBeVisible()
  await box(ann).press('Enter')

  const reply = message(ann, /In reply to Bob who is for (tea|coffee)\?/)
  await expect(reply).toHaveAttribute('data-state', 'sent')
  await expect(ann.getByRole('button', { name: 'Don’t reply to Bob' })).toHaveCount(0)
  await reply.getByRole('link', { name: /^In reply to Bob/ }).click()
  // As long as the focus is on its way, what it comes from stands in the list as well, with the same words.
  await expect(list(ann).locator(`[data-seq="${first.seq}"]`)).toBeFocused()
  await ann.goBack()
  await expect(reply).toBeFocused()
  await expect(reply).toBeInViewport()

  await bob.ask('message:edit', { roomId: bob.roomId, seq: first.seq, body: 'who is for coffee?' })
  await expect(reply).toContainText('who is for coffee?')
  const scrolled = () => list(ann).evaluate(({ scrollTop }) => scrollTop)
  const before = await scrolled()
  await ann.keyboard.press('t')
  const pane = ann.getByRole('complementary', { name: 'Replies' })
  const answer = pane.getByRole('textbox', { name: 'Reply to Bob' })
  await expect(answer).toBeFocused()
  await expect(pane.getByRole('listitem')).toHaveText([/who is for coffee\?/, /me/])
  expect(await scrolled()).toBe(before)
  await answer.fill('and cake')
  await answer.press('Enter')
  await expect(pane.getByRole('listitem').filter({ hasText: 'and cake' })).toHaveAttribute('data-state', 'sent')
  await ann.keyboard.press('Escape')
  await expect(pane).toHaveCount(0)
  await expect(message(ann, 'and cake')).toBeVisible()
})

test('somebody in another room sees that one has answered them, and finds it and its thread', async ({
  person,
  client,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  await box(ann).fill('who is for tea?')
  await box(ann).press('Enter')
  await expect(message(ann, 'who is for tea?')).toHaveAttribute('data-state', 'sent')
  await makeRoom(ann, 'Kitchen')
  const seq = (await bob.history()).at(-1)?.seq ?? 0
  for (const body of ['me', 'me too'])
    await bob.ask('message:send', { roomId: bob.roomId, key: crypto.randomUUID(), body, replyTo: seq })

  await expect(room(ann, /Lobby.*2 unread, 2 for you/)).toBeVisible()
  await rooms(ann)
    .getByRole('link', { name: /^For you.*2 unread/ })
    .click()
  await ann
    .getByRole('main', { name: 'For you' })
    .getByRole('link', { name: /me too/ })
    .click()
  await expect(message(ann, 'me too')).toBeFocused()
  await list(ann).getByRole('link', { name: '2 replies' }).click()
  const pane = ann.getByRole('complementary', { name: 'Replies' })
  await expect(pane.getByRole('listitem')).toHaveText([/who is for tea\?/, /me/, /me too/])
  await bob.ask('message:delete', { roomId: bob.roomId, seq: seq + 1 })
  await expect(list(ann).getByRole('link', { name: '1 reply' })).toBeVisible()
  await expect(pane.getByRole('listitem')).toHaveCount(2)
  await ann.keyboard.press('Escape')

  await message(ann, /^You.*who is for tea/).focus()
  await ann.keyboard.press('p')
  await expect(message(ann, /who is for tea.*Pinned by you/)).toBeVisible()
  await ann.getByRole('button', { name: 'People and topic' }).click()
  const pinned = ann.getByRole('list', { name: 'Pinned messages' }).getByRole('link', { name: /who is for tea/ })
  await pinned.click()
  await expect(message(ann, /who is for tea.*Pinned by you/)).toBeFocused()
  await bob.ask('message:pin', { roomId: bob.roomId, seq, on: false })
  await expect(pinned).toHaveCount(0)

  await ann.keyboard.press('Escape')
  await message(ann, /^You.*who is for tea/).focus()
  await ann.keyboard.press('s')
  await rooms(ann).getByRole('link', { name: 'Saved for later' }).click()
  const saved = ann.getByRole('list', { name: 'Saved for later' })
  await expect(saved.getByRole('link', { name: /^Lobby Ann who is for tea/ })).toHaveAttribute('href', /\/r\/.+\/\d+$/)
  await saved.getByRole('button', { name: 'Let go of it' }).click()
  await expect(ann.getByRole('heading', { name: 'Nothing is saved for later.' })).toBeVisible()
})
