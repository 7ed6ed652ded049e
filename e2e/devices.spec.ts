import { expect, type Browser, type Page } from '@playwright/test'
import { kept } from './support/kept.ts'
import { box, message, openSettings, talkTo, write } from './support/page.ts'
import { test } from './support/test.ts'

/** The same person in another browser. */
async function another(browser: Browser, page: Page): Promise<Page> {
  const { cookies } = await page.context().storageState()
  const other = await (await browser.newContext({ storageState: { cookies, origins: [] } })).newPage()
  await other.goto(page.url())
  await expect(box(other)).toBeVisible()
  return other
}

const settings = (page: Page) => page.getByRole('main', { name: 'You and your devices' })

test('signing out of a browser leaves nothing of the person in it, and says first what that means', async ({
  natter,
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await talkTo(ann, 'Bob')
  await write(ann, 'between us')
  await expect(message(ann, 'between us')).toHaveAttribute('data-state', 'sent')
  await box(ann).fill('half a thought')
  await ann.locator('input[type=file]').setInputFiles({
    name: 'a paper.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('on paper'),
  })
  await expect.poll(() => kept(ann, 'files')).toMatchObject([{ name: 'a paper.txt' }])
  // As a reaction that the server has not heard of.
  await ann.evaluate(async () => {
    const opened = indexedDB.open('natter')
    await new Promise((resolve) => (opened.onsuccess = resolve))
    const writing = opened.result.transaction('wishes', 'readwrite')
    const wish = { personId: localStorage.getItem('natter.me'), roomId: 'room', seq: 1, emoji: 'a wish', on: true }
    writing.objectStore('wishes').put(wish)
    await new Promise((resolve) => (writing.oncomplete = resolve))
    opened.result.close()
  })
  await openSettings(ann)
  await expect(settings(ann).getByText(/on (Linux|Windows|macOS)/)).toBeVisible()
  await settings(ann).getByRole('button', { name: 'Sign out of this browser' }).click()
  await expect(settings(ann).getByText(/whoever signs out of the last one does not come back/)).toBeVisible()
  await settings(ann).getByRole('button', { name: 'Sign out of this browser' }).click()
  await expect(ann.getByLabel('What should people call you?')).toBeVisible()
  const left = await ann.evaluate(async () => {
    const opened = indexedDB.open('natter')
    await new Promise((resolve) => (opened.onsuccess = resolve))
    const names = [...opened.result.objectStoreNames]
    const reading = opened.result.transaction(names)
    const counts = names.map((name) => reading.objectStore(name).getAll())
    await new Promise((resolve) => (reading.oncomplete = resolve))
    opened.result.close()
    return JSON.stringify([counts.map(({ result }) => result), { ...localStorage }])
  })
  expect(left).not.toContain('between us')
  expect(left).not.toContain('half a thought')
  expect(left).not.toContain('a paper')
  expect(left).not.toContain('a wish')
  expect(await ann.context().cookies(natter.url)).toEqual([])
  await expect(message(bob, 'between us')).toHaveCount(0)
})

test('another device is signed in by a link, asked first, and signed out from this one', async ({
  person,
  browser,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await bob.say('before')
  await openSettings(ann)
  await settings(ann).getByRole('button', { name: 'Use Natter on another device' }).click()
  const field = settings(ann).getByRole('textbox', { name: 'Link that signs another device in as you' })
  const link = await field.inputValue()
  await expect(settings(ann).getByRole('img', { name: /to be photographed$/ })).toBeVisible()

  const phone = await (
    await browser.newContext({ userAgent: 'Mozilla/5.0 (iPhone; CPU) Version/26.0 Safari/604.1' })
  ).newPage()
  await phone.goto(link)
  await expect(phone.getByRole('heading', { name: 'Use Natter on this device' })).toBeVisible()
  await phone.getByRole('button', { name: 'Sign in' }).click()
  await expect(message(phone, 'before')).toBeVisible()
  expect(phone.url()).not.toContain('#')
  await write(phone, 'from my phone')
  await ann.goBack()
  await expect(message(ann, 'from my phone')).toContainText('You')

  const eve = await (await browser.newContext()).newPage()
  await eve.goto(link)
  await eve.getByRole('button', { name: 'Sign in' }).click()
  await expect(eve.getByText('This link has stopped working.')).toBeVisible()

  await openSettings(ann)
  await settings(ann).getByRole('button', { name: 'Sign out of Safari on iOS' }).click()
  await expect(phone.getByRole('heading', { name: 'This browser is not signed in any more.' })).toBeVisible()
  await expect(settings(ann).getByText('Safari on iOS')).toHaveCount(0)
  await ann.goBack()
  await bob.say('not for a lost phone')
  await expect(message(ann, 'not for a lost phone')).toBeVisible()
  await expect(phone.getByText('not for a lost phone')).toHaveCount(0)
})

test('signing out ends what is open under this session elsewhere, at once', async ({ person, browser, client }) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  const lost = await another(browser, ann)
  await openSettings(ann)
  await expect(settings(ann).getByText('This browser', { exact: true })).toBeVisible()
  await settings(ann).getByRole('button', { name: 'Sign out of this browser' }).click()
  await settings(ann).getByRole('button', { name: 'Sign out of this browser' }).click()
  await expect(lost.getByRole('heading', { name: 'This browser is not signed in any more.' })).toBeVisible()
  await bob.say('not for a lost browser')
  await expect(lost.getByText('not for a lost browser')).toHaveCount(0)
  await lost.getByRole('button', { name: 'Come in again' }).click()
  await expect(lost.getByLabel('What should people call you?')).toBeVisible()
})
