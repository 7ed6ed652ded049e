import { expect, type BrowserContext, type Page } from '@playwright/test'
import { exactlyOnce, original, toggling } from './tutorial/pages.ts'
import { message, write } from './support/page.ts'
import { test } from './support/test.ts'

/** Puts a tutorial page at Natter's own address, where its own server would have served it. */
async function open(context: BrowserContext, url: string, html: string): Promise<Page> {
  const page = await context.newPage()
  await page.route('**/tutorial', (route) => route.fulfill({ contentType: 'text/html', body: html }))
  await page.goto(`${url}/tutorial`)
  return page
}

const say = async (page: Page, text: string) => {
  await page.getByRole('textbox').fill(text)
  await page.getByRole('textbox').press('Enter')
}
const words = (page: Page) => page.locator('#messages li')

for (const [name, html] of Object.entries({ original, toggling, exactlyOnce })) {
  test(`the ${name} tutorial page talks with people in Natter, unchanged`, async ({ natter, person, browser }) => {
    const ann = await person('Ann')
    const page = await open(await browser.newContext(), natter.url, html)
    await say(page, `hello from ${name}`)
    await expect(message(ann, `hello from ${name}`)).toHaveCount(1)
    await write(ann, 'hello from Natter')
    await expect(words(page).filter({ hasText: 'hello from Natter' })).toHaveCount(1)
    await expect(words(page).filter({ hasText: `hello from ${name}` })).toHaveCount(1)

    await natter.kill('SIGKILL')
    await natter.restart()
    await say(page, 'here again')
    await expect(message(ann, 'here again')).toHaveCount(1, { timeout: 20_000 })
    await expect(words(page).filter({ hasText: 'here again' })).toHaveCount(1)
    await write(ann, 'hello after the restart')
    await expect(words(page).filter({ hasText: 'hello after the restart' })).toHaveCount(1)
  })
}

test('the present tutorial page gets everything it missed, in order and once, over cuts and restarts', async ({
  natter,
  person,
  browser,
}) => {
  const ann = await person('Ann')
  const context = await browser.newContext()
  const page = await open(context, natter.url, exactlyOnce)
  await write(ann, 'one')
  await expect(words(page)).toHaveText(['one'])

  await context.setOffline(true)
  await write(ann, 'two')
  await write(ann, 'three')
  await say(page, 'written offline')
  await context.setOffline(false)
  await expect(words(page)).toHaveText(['one', 'two', 'three', 'written offline'])

  await natter.kill('SIGKILL')
  await say(page, 'written while it was down')
  await natter.restart()
  await expect(words(page).last()).toHaveText('written while it was down')
  await write(ann, 'four')
  await expect(words(page)).toHaveText(['one', 'two', 'three', 'written offline', 'written while it was down', 'four'])
})
