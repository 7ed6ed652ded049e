import { expect, type Page } from '@playwright/test'
import { startProvider } from './support/provider.ts'
import { box, message, openSettings, write } from './support/page.ts'
import { test as base } from './support/test.ts'

type Provider = Awaited<ReturnType<typeof startProvider>>

const test = base.extend<{ provider: Provider; door: () => Promise<Page> }>({
  provider: async ({}, use) => {
    const provider = await startProvider()
    await use(provider)
    await provider.stop()
  },
  environment: async ({ provider }, use) => use(provider.environment),
  /** The page that asks newcomers who they are, in a browser of its own. */
  door: async ({ browser, natter, provider }, use) => {
    provider.serve(natter.url)
    await use(async () => {
      const page = await (await browser.newContext()).newPage()
      await page.goto(natter.url)
      return page
    })
  },
})

const goOn = (page: Page) => page.getByRole('button', { name: 'Go on with Example' }).click()

test('who is known elsewhere comes in by one click, and is the same on another device', async ({ provider, door }) => {
  provider.become({ subject: 'maya', name: 'Maya Okafor' })
  const laptop = await door()
  await goOn(laptop)
  await expect(box(laptop)).toBeVisible()
  expect(new URL(laptop.url()).search).toBe('')
  await write(laptop, 'from the laptop')
  const phone = await door()
  await phone.getByRole('button', { name: 'I’ve been here before' }).click()
  await goOn(phone)
  await write(phone, 'from the phone')
  await expect(message(laptop, 'from the phone')).toContainText('from the phone')
})

test('whoever comes back without the provider’s word is told so, and can come in by a name', async ({
  provider,
  door,
}) => {
  provider.become(null)
  const page = await door()
  await goOn(page)
  await expect(page.getByText('Example did not sign you in.')).toBeVisible()
  await page.getByRole('link', { name: 'Go on without the link' }).click()
  await expect(page.getByRole('textbox', { name: 'What should people call you?' })).toBeVisible()
})

test('whoever has a name here adds the provider to it, and comes back by it', async ({ provider, person, door }) => {
  provider.become({ subject: 'ann', name: 'Ann Elsewhere' })
  const next = await door()
  const ann = await person('Ann')
  const signingIn = (await openSettings(ann)).getByRole('region', { name: 'Signing in' })
  await signingIn.getByRole('button', { name: 'Sign in with Example as well' }).click()
  await ann.getByRole('textbox', { name: 'Recovery code' }).waitFor()
  await ann.getByRole('button', { name: 'I’ve written it down' }).click()
  await expect(ann).toHaveURL(/\/settings$/)
  await expect(signingIn.getByText('Example')).toBeVisible()
  await expect(signingIn.getByRole('button', { name: 'Sign in with Example as well' })).toHaveCount(0)
  await goOn(next)
  const settings = await openSettings(next)
  await expect(settings.getByRole('textbox', { name: 'Your name' })).toHaveValue('Ann')
  await expect(settings.getByText('by single sign-on').first()).toBeVisible()
})
