import { expect, type Browser, type Page } from '@playwright/test'
import { box, message, openPage, openSettings, write } from './support/page.ts'
import { own } from './support/place.ts'
import { run } from './support/run.ts'
import { test } from './support/test.ts'

const PASSWORD = 'four words at least'
const OTHER = 'entirely other words'

// Passkeys belong to a name: a number is none.
test.use({ environment: { HOST: 'localhost' } })

const settings = (page: Page) => page.getByRole('main', { name: 'You and your devices' })
const signingIn = (page: Page) => settings(page).getByRole('region', { name: 'Signing in' })

async function keepCode(page: Page): Promise<string> {
  const code = await page.getByRole('textbox', { name: 'Recovery code' }).inputValue()
  expect(code.replace(/\s/, '-')).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/)
  await page.getByRole('button', { name: 'I’ve written it down' }).click()
  return code
}

async function setPassword(page: Page, password: string): Promise<void> {
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Set password' }).click()
}

async function door(browser: Browser, url: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(url)
  await page.getByRole('button', { name: 'I’ve been here before' }).click()
  await expect(page.getByRole('heading', { name: 'Welcome back.' })).toBeVisible()
  return page
}

/** A device that keeps passkeys and agrees to everything, as Chromium plays it. */
async function addAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable')
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
  return { session, authenticatorId }
}

test('a name is claimed by a passkey, and a second browser is signed in with it, with all that was said', async ({
  natter,
  person,
  browser,
}) => {
  const ann = await person('Ann')
  await write(ann, 'before')
  await expect(message(ann, 'before')).toHaveAttribute('data-state', 'sent')
  const mine = await addAuthenticator(ann)
  await openSettings(ann)
  await expect(signingIn(ann).getByText('This browser is the only place you are Ann.')).toBeVisible()
  await signingIn(ann).getByRole('button', { name: 'Add a passkey' }).click()
  await keepCode(ann)
  await expect(signingIn(ann).getByText('Passkey of Chrome on Linux')).toBeVisible()
  await expect(signingIn(ann).getByText(/not used yet$/)).toBeVisible()
  const { credentials } = await mine.session.send('WebAuthn.getCredentials', mine)
  expect(credentials).toMatchObject([{ rpId: 'localhost', isResidentCredential: true }])

  // As passkeys follow their person from device to device.
  const phone = await (await browser.newContext()).newPage()
  const theirs = await addAuthenticator(phone)
  for (const credential of credentials) await theirs.session.send('WebAuthn.addCredential', { ...theirs, credential })
  await phone.goto(natter.url)
  await phone.getByRole('button', { name: 'I’ve been here before' }).click()
  // Where the browser offers it below the field and somebody agrees to everything, it is chosen before a button is.
  await phone
    .getByRole('button', { name: 'Use a passkey' })
    .click({ timeout: 3_000 })
    .catch(() => {})
  await expect(box(phone)).toBeVisible()
  await expect(message(phone, 'before')).toContainText('You')

  await openSettings(phone)
  await expect(settings(phone).getByText('This browser, by a passkey')).toBeVisible()
  await signingIn(phone).getByRole('button', { name: 'Set a password' }).click()
  await signingIn(phone).getByRole('button', { name: 'Use a passkey' }).click()
  await setPassword(phone, PASSWORD)
  await expect(signingIn(phone).getByRole('button', { name: 'Change password' })).toBeVisible()
  await expect(ann.getByRole('heading', { name: 'This browser is not signed in any more.' })).toBeVisible()
  await signingIn(phone)
    .getByRole('button', { name: /^Remove the passkey of Chrome on Linux/ })
    .click()
  await signingIn(phone).getByLabel('Your password now').fill(OTHER)
  await phone.keyboard.press('Enter')
  await expect(signingIn(phone).getByRole('alert').filter({ hasText: 'That is not your password.' })).toBeVisible()
  await signingIn(phone).getByLabel('Your password now').fill(PASSWORD)
  await phone.keyboard.press('Enter')
  await expect(signingIn(phone).getByText('Passkey of Chrome on Linux')).toHaveCount(0)
})

test('a name is claimed by a password, got back by it, and by the code that was written down', async ({
  natter,
  person,
  browser,
}) => {
  const ann = await person('Ann')
  await write(ann, 'before')
  await openSettings(ann)
  await signingIn(ann).getByRole('button', { name: 'Set a password' }).click()
  await setPassword(ann, 'password123')
  await expect(signingIn(ann).getByText(/among the first that others would try/)).toBeVisible()
  await setPassword(ann, PASSWORD)
  const code = await keepCode(ann)
  await settings(ann).getByRole('button', { name: 'Sign out of this browser' }).click()
  await expect(settings(ann).getByText('You come back with “I’ve been here before”.')).toBeVisible()
  await settings(ann).getByRole('button', { name: 'Sign out of this browser' }).click()
  await expect(ann.getByLabel('What should people call you?')).toBeVisible()

  await ann.getByRole('button', { name: 'I’ve been here before' }).click()
  const name = ann.getByLabel('Name', { exact: true })
  await expect(name).toBeFocused()
  await expect(name).toHaveAttribute('autocomplete', 'username webauthn')
  await name.fill('Ann')
  await ann.keyboard.press('Tab')
  await ann.keyboard.type(OTHER)
  await ann.keyboard.press('Enter')
  await expect(ann.getByText('This name and this password do not belong together.')).toBeVisible()
  await ann.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await ann.keyboard.press('Enter')
  await expect(message(ann, 'before')).toContainText('You')

  const phone = await door(browser, natter.url)
  await phone.getByRole('button', { name: 'Use a recovery code' }).click()
  await phone.getByLabel('Recovery code').fill(code.toLowerCase())
  await phone.keyboard.press('Enter')
  await expect(phone.getByRole('heading', { name: 'Ann, choose a new password.' })).toBeVisible()
  await setPassword(phone, OTHER)
  expect(await keepCode(phone)).not.toBe(code)
  await expect(message(phone, 'before')).toContainText('You')
  await expect(ann.getByRole('heading', { name: 'This browser is not signed in any more.' })).toBeVisible()

  const eve = await door(browser, natter.url)
  await eve.getByRole('button', { name: 'Use a recovery code' }).click()
  await eve.getByLabel('Recovery code').fill(code)
  await eve.keyboard.press('Enter')
  await expect(eve.getByText('That is not a recovery code that works.')).toBeVisible()
})

test('who has lost everything is brought back by a link: of an admin, which is said, or of the command', async ({
  natter,
  browser,
  client,
}) => {
  const ada = await own(browser, natter)
  const bob = await client('Bob')
  await bob.say('before')
  await openPage(ada, 'Manage people', 'People')
  await ada.getByRole('button', { name: 'More about Bob' }).click()
  const dialog = ada.getByRole('dialog', { name: 'Bob', exact: true })
  await dialog.getByRole('button', { name: 'Make a link that signs Bob in' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Link that signs Bob in' }).inputValue()
  expect(link).toMatch(/\/reset#[\w-]{43}$/)

  const phone = await (await browser.newContext()).newPage()
  await phone.goto(link)
  await expect(phone.getByRole('heading', { name: 'Bob, choose a new password.' })).toBeVisible()
  await setPassword(phone, PASSWORD)
  await keepCode(phone)
  await expect(message(phone, 'before')).toContainText('You')
  expect(phone.url()).not.toContain('#')
  await openSettings(phone)
  await expect(settings(phone).getByText('This browser, by a link that Ada made')).toBeVisible()
  await expect.poll(() => bob.socket.connected).toBe(false)
  await phone.context().clearCookies()
  await phone.goto(link)
  await phone.reload()
  await expect(phone.getByText('This link has stopped working. Ask whoever sent it for a new one.')).toBeVisible()

  const { port } = new URL(natter.url)
  const reset = run(['npm', 'run', '--silent', 'reset-password', '--', 'bob'], {
    ...natter.whereabouts,
    HOST: 'localhost',
    PORT: port,
  })
  const printed = await reset.says(/(http:\S+\/reset#\S+)/)
  expect(await reset.ended).toBe(0)
  await phone.goto(printed)
  await phone.reload()
  await setPassword(phone, OTHER)
  await keepCode(phone)
  await openSettings(phone)
  await expect(settings(phone).getByText('by a link that whoever runs this server made')).toBeVisible()
})
