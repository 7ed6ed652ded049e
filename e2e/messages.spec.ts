import { expect, type Page } from '@playwright/test'
import { test } from './support/test.ts'

const box = (page: Page) => page.getByRole('textbox', { name: /^Message / })
const region = (page: Page) => page.getByRole('region', { name: /^Messages in / })
const message = (page: Page, text: string) => region(page).getByRole('listitem').filter({ hasText: text })
const write = async (page: Page, text: string) => {
  await box(page).fill(text)
  await box(page).press('Enter')
}

test('two people pick two names and talk; the words are there after a restart', async ({ natter, person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await write(ann, 'Has anybody seen the ladder?')
  await expect(message(bob, 'Has anybody seen the ladder?')).toHaveCount(1)
  await write(bob, 'It is behind the shed.')
  await expect(message(ann, 'It is behind the shed.')).toHaveCount(1)

  await natter.kill('SIGKILL')
  await natter.restart()
  await ann.reload()
  await expect(message(ann, 'Has anybody seen the ladder?')).toHaveCount(1)
  await expect(message(ann, 'It is behind the shed.')).toHaveCount(1)
  await write(bob, 'Found it?')
  await expect(message(ann, 'Found it?')).toHaveCount(1)
})

test('the page never reloads, the box empties, and blanks are not sent', async ({ person }) => {
  const ann = await person('Ann')
  await ann.evaluate(() => Object.assign(window, { sameDocument: true }))
  await write(ann, '   ')
  await write(ann, 'first')
  await expect(box(ann)).toHaveValue('')
  await expect(message(ann, 'first')).toHaveCount(1)
  await expect(region(ann).getByRole('listitem')).toHaveCount(1)
  expect(await ann.evaluate(() => 'sameDocument' in window)).toBe(true)
})

test('one’s own message is there in the next frame, once, in every tab of the person', async ({ person }) => {
  const ann = await person('Ann')
  const tab = await ann.context().newPage()
  await tab.goto(ann.url())
  await expect(box(tab)).toBeVisible()
  await box(ann).fill('only once')
  const frames = await ann.evaluate(async () => {
    const area = document.querySelector('textarea')
    area?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
    for (let frame = 1; frame <= 10; frame++) {
      await new Promise(requestAnimationFrame)
      if (document.querySelector('main ol')?.textContent?.includes('only once')) return frame
    }
    return Infinity
  })
  expect(frames).toBeLessThanOrEqual(2)
  await expect(message(tab, 'only once')).toHaveCount(1)
  await write(tab, 'answer')
  await expect(message(ann, 'answer')).toHaveCount(1)
  await expect(message(ann, 'only once')).toHaveCount(1)
})

test('text is shown as text, never as markup', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const hostile = '<img src=x onerror="document.title=\'owned\'"><b>bold</b>'
  await write(ann, hostile)
  await expect(message(bob, hostile)).toHaveCount(1)
  await expect(region(bob).locator('img, b:text("bold")')).toHaveCount(0)
  expect(await bob.title()).not.toContain('owned')
})

test('Shift and Enter make several lines of one message', async ({ person }) => {
  const ann = await person('Ann')
  await box(ann).pressSequentially('one')
  await box(ann).press('Shift+Enter')
  await box(ann).pressSequentially('two')
  await box(ann).press('Enter')
  await expect(region(ann).getByRole('listitem')).toHaveCount(1)
  await expect(region(ann).getByText('one\ntwo', { exact: false })).toBeVisible()
})

test('messages written offline wait, and arrive once and in order', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await ann.context().setOffline(true)
  const texts = Array.from({ length: 20 }, (_, i) => `waiting ${i + 1}.`)
  for (const text of texts) await write(ann, text)
  for (const text of texts) await expect(message(ann, text)).toHaveCount(1)
  await ann.context().setOffline(false)
  await expect(message(bob, 'waiting 20.')).toHaveCount(1, { timeout: 30_000 })
  const seen = (await region(bob).getByRole('listitem').allInnerTexts()).flatMap(
    (text) => text.match(/waiting \d+\./g) ?? [],
  )
  expect(seen).toEqual(texts)
})

test('a draft survives a reload and stays in its room', async ({ person }) => {
  const ann = await person('Ann')
  await box(ann).fill('half a tho')
  await ann.reload()
  await expect(box(ann)).toHaveValue('half a tho')
})

test('the list follows the newest message only for who was at the end', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  for (let i = 1; i <= 40; i++) await write(ann, `line ${i} of many`)
  await expect(message(bob, 'line 40 of many')).toBeInViewport()
  await message(bob, 'line 5 of many').scrollIntoViewIfNeeded()
  const before = await message(bob, 'line 5 of many').boundingBox()
  await write(ann, 'one more')
  await expect(message(bob, 'one more')).toHaveCount(1)
  expect(await message(bob, 'line 5 of many').boundingBox()).toEqual(before)
  await bob.getByRole('button', { name: /new|Latest/ }).click()
  await expect(message(bob, 'one more')).toBeInViewport()
})
