import { expect, type Page } from '@playwright/test'
import { list, makeRoom, message, room, talkTo, write } from './support/page.ts'
import { test } from './support/test.ts'

/** Notes everything that a screen reader is told from here on, as `said`. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const said: string[] = []
    for (const region of document.querySelectorAll('[aria-live], [role=log], [role=status]')) {
      // What is added is said, what is taken away is not.
      new MutationObserver((records) => {
        for (const { addedNodes, target, type } of records) {
          const texts =
            type === 'characterData' ? [target.textContent] : [...addedNodes].map((node) => node.textContent)
          said.push(...texts.flatMap((text) => text || []))
        }
      }).observe(region, { childList: true, subtree: true, characterData: true })
    }
    Object.assign(window, { said })
  })
  return () => page.evaluate(() => (window as unknown as { said: string[] }).said)
}

test('somebody else’s message is said once; one’s own, history, another room and a reload are not', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const said = await listen(ann)
  await write(ann, 'my own words')
  await write(bob, 'hello Ann')
  await expect.poll(said).toEqual(['Bob: hello Ann'])
  await bob.getByRole('textbox', { name: /^Message/ }).pressSequentially('typing')
  await expect(ann.getByText('Bob is writing')).toBeVisible()
  expect(await said()).toEqual(['Bob: hello Ann'])

  // Who leaves a room at once may not have read its last message.
  await expect(room(ann, /Lobby.*unread/)).toHaveCount(0)
  await makeRoom(ann, 'Kitchen')
  const later = await listen(ann)
  await write(bob, 'to the lobby')
  await expect(room(ann, /Lobby.*1 unread/)).toBeVisible()
  await room(ann, /Lobby/).click()
  await expect(message(ann, 'to the lobby')).toBeVisible()
  expect(await later()).toEqual([])
  await ann.reload()
  // What was read before is shown before there is a connection: what comes until then is history.
  await write(ann, 'here again')
  await expect(message(bob, 'here again')).toBeVisible()
  const reloaded = await listen(ann)
  await write(bob, 'same words')
  await write(bob, 'same words')
  await expect.poll(reloaded).toEqual(['Bob: same words', 'Bob: same words'])
})

test('many at once are said as a number, and what is for me from wherever I am', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const said = await listen(ann)
  for (let i = 1; i <= 6; i++) await write(bob, `quick ${i}`)
  await expect.poll(said).toContainEqual(expect.stringMatching(/^\d new messages$/))
  await talkTo(bob, 'Ann')
  await write(bob, 'psst')
  await expect.poll(said).toContain('Bob wrote to you')
  await expect(list(ann)).not.toHaveAttribute('aria-live', /./)
})

test('losing the connection and having it back are said', async ({ natter, person }) => {
  const ann = await person('Ann')
  const said = await listen(ann)
  await natter.kill()
  await expect.poll(said, { timeout: 20_000 }).toContainEqual(expect.stringMatching(/^(Reconnecting|Offline)/))
  await natter.restart()
  await expect.poll(said, { timeout: 40_000 }).toContainEqual(expect.stringMatching(/^Back/))
})
