import { expect, type Page } from '@playwright/test'
import { box, list, message, rooms, write } from './support/page.ts'
import { test } from './support/test.ts'

const here = (page: Page, name: string) =>
  rooms(page).getByRole('button', { name: new RegExp(`^${name}\\W+(here|away)$`) })
const notices = (page: Page) => list(page).getByText(/joined|left/)

test.describe('with a short grace', () => {
  test.use({ environment: { GRACE_MS: '1000' } })

  test('who joined and left is said in one line, and is not there after a reload', async ({ person }) => {
    const ann = await person('Ann')
    const others = [await person('Bob'), await person('Cleo'), await person('Dan'), await person('Eve')]
    await expect(notices(ann)).toHaveText(['Bob, Cleo and two others joined'])
    await notices(ann).click()
    await expect(list(ann).getByText('Bob, Cleo, Dan, Eve')).toBeVisible()
    await write(ann, 'welcome')
    await others[0]?.close()
    // Whoever comes and goes within five minutes is not worth two sentences.
    await expect(notices(ann)).toHaveText(['Cleo, Dan and Eve joined'])
    await ann.reload()
    await expect(message(ann, 'welcome')).toBeVisible()
    await expect(notices(ann)).toHaveCount(0)
  })

  test('who is here is right over any number of tabs, kills and restarts', async ({ natter, person }) => {
    const [ann, bob] = [await person('Ann'), await person('Bob')]
    const tabs = [bob]
    for (let i = 0; i < 3; i++) {
      const tab = await bob.context().newPage()
      await tab.goto(natter.url)
      await expect(box(tab)).toBeVisible()
      tabs.push(tab)
    }
    await expect(here(ann, 'Bob')).toHaveCount(1)
    const last = tabs.pop()
    for (const tab of tabs) await tab.close()
    await expect(here(ann, 'Bob')).toHaveCount(1)
    await natter.kill()
    await natter.restart()
    await write(ann, 'after the kill')
    await expect(message(last ?? ann, 'after the kill')).toBeVisible({ timeout: 20_000 })
    await expect(here(ann, 'Bob')).toHaveCount(1)
    await last?.close()
    await expect(here(ann, 'Bob')).toHaveCount(0)
    await expect(here(ann, 'Ann')).toHaveCount(0)
  })
})

test('a reload, or a connection that is cut for a moment, is no coming and going', async ({ natter, person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await expect(notices(ann)).toHaveText(['Bob joined'])
  await bob.reload()
  await expect(box(bob)).toBeVisible()
  await bob.context().setOffline(true)
  await expect(bob.getByRole('main').getByRole('status')).toHaveText(/^Reconnecting|^Offline/, { timeout: 20_000 })
  await bob.context().setOffline(false)
  await write(bob, 'still me')
  await expect(message(ann, 'still me')).toBeVisible({ timeout: 20_000 })
  await natter.kill()
  await natter.restart()
  await write(bob, 'and still')
  await expect(message(ann, 'and still')).toBeVisible({ timeout: 20_000 })
  await expect(notices(ann)).toHaveText(['Bob joined'])
})
