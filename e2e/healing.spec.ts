import { expect, type Page } from '@playwright/test'
import { list, message, write } from './support/page.ts'
import { test } from './support/test.ts'

/** What Socket.IO puts before an announced event, and before an answer. */
const EVENT = '42'
const ANSWER = '43'

/** Everything between this page and the server passes through here; what the server says may get lost on the way. */
async function loseFromServer(page: Page, isLost: (frame: string) => boolean): Promise<() => number> {
  let lost = 0
  await page.routeWebSocket(/socket\.io/, (route) => {
    const server = route.connectToServer()
    route.onMessage((frame) => server.send(frame))
    server.onMessage((frame) => {
      if (isLost(String(frame))) lost++
      else route.send(frame)
    })
  })
  await page.reload()
  await expect(list(page)).toBeVisible()
  return () => lost
}

const texts = async (page: Page) =>
  (await list(page).getByRole('listitem').allInnerTexts()).flatMap((text) => text.match(/\bno\. \d+/g) ?? [])

test('what got lost on the way is there within a second of the next message, once and in its place', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const lost = await loseFromServer(ann, (frame) => frame.startsWith(`${EVENT}["events"`) && /no\. [23]/.test(frame))
  await write(bob, 'no. 1')
  await expect(message(ann, 'no. 1')).toBeVisible()
  for (const text of ['no. 2', 'no. 3', 'no. 4']) {
    await write(bob, text)
    await expect(message(bob, text)).toHaveAttribute('data-state', 'sent')
  }
  await expect(message(ann, 'no. 3')).toBeVisible({ timeout: 1_500 })
  expect(await texts(ann)).toEqual(['no. 1', 'no. 2', 'no. 3', 'no. 4'])
  expect(lost()).toBeGreaterThan(0)
})

test('what got lost at the very end is there within 30 seconds', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const lost = await loseFromServer(ann, (frame) => frame.startsWith(`${EVENT}["events"`))
  await write(bob, 'no. 1')
  await expect(message(ann, 'no. 1')).toBeVisible({ timeout: 30_000 })
  expect(lost()).toBeGreaterThan(0)
})

test('a message whose answer was lost is sent again and stays one message, everywhere', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  let left = 2
  const lost = await loseFromServer(
    ann,
    (frame) => left > 0 && /no\. 1/.test(frame) && [EVENT, ANSWER].some((kind) => frame.startsWith(kind)) && left-- > 0,
  )
  await write(ann, 'no. 1')
  await write(ann, 'no. 2')
  await expect(message(bob, 'no. 2')).toBeVisible({ timeout: 20_000 })
  expect(lost()).toBe(2)
  for (const page of [ann, bob]) await expect.poll(() => texts(page)).toEqual(['no. 1', 'no. 2'])
  await expect(message(ann, 'no. 1')).toHaveAttribute('data-state', 'sent')
})
