import { expect, type Page } from '@playwright/test'
import { startPushService } from './support/pushService.ts'
import { look, message, openSettings, room, talkTo, write } from './support/page.ts'
import { test as base } from './support/test.ts'

type Fixtures = { service: Awaited<ReturnType<typeof startPushService>> }

/** A push service on this machine, which the server knows. */
const test = base.extend<Fixtures>({
  service: async ({}, use) => {
    const service = await startPushService()
    await use(service)
    await service.stop()
  },
  environment: async ({ service }, use) => use({ PUSH_HOSTS: service.origin, PUSH_AFTER_MS: '300' }),
})

test.use({ serviceWorkers: 'allow' })

/** The browser's own, as its worker shows them. */
const notices = (page: Page) =>
  page.evaluate(async () => {
    const shown = await (await navigator.serviceWorker.ready).getNotifications()
    return shown.map(({ title, body }) => `${title}: ${body}`)
  })

async function turnOn(page: Page): Promise<void> {
  await page.context().grantPermissions(['notifications'])
  await openSettings(page)
  await page.getByRole('button', { name: 'Turn on in this browser' }).click()
  await expect(page.getByRole('button', { name: 'Send a test' })).toBeVisible()
}

test('what is for me reaches my browser through its push service, leads into the open tab, and goes when it is read', async ({
  person,
  service,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const browser = service.browser('ann')
  // The outside world: which push service a browser has is its maker's to say.
  await ann.evaluate(({ endpoint, ...keys }) => {
    const subscription = { endpoint, toJSON: () => ({ endpoint, keys }) } as unknown as PushSubscription
    PushManager.prototype.subscribe = async () => subscription
    PushManager.prototype.getSubscription = async () => subscription
  }, browser)
  await turnOn(ann)
  await ann.getByRole('button', { name: 'Send a test' }).click()
  await expect(ann.getByText(/^Sent\./)).toBeVisible()
  expect(service.received.splice(0)).toMatchObject([{ push: { roomId: 'test', by: 'Natter' } }])
  service.answers.push(413)
  await ann.getByRole('button', { name: 'Send a test' }).click()
  await expect(ann.getByText(/refused it \(413\)/)).toBeVisible()
  await ann.goBack()

  await look(ann, false)
  await talkTo(bob, 'Ann')
  await write(bob, 'psst')
  await expect.poll(() => service.received.length).toBe(1)
  await expect.poll(() => delivered(ann, service.received[0]?.push)).toEqual(['Bob: Wrote to you'])

  const worker = ann.context().serviceWorkers()[0]
  await worker?.evaluate(async () => {
    const scope = globalThis as unknown as ServiceWorkerGlobal
    const [notification] = await scope.registration.getNotifications()
    scope.dispatchEvent(new scope.NotificationEvent('notificationclick', { notification }))
  })
  await look(ann, true)
  await expect(ann.getByRole('heading', { level: 1, name: 'Bob' })).toBeVisible()
  await expect(message(ann, 'psst')).toBeVisible()
  await expect(room(ann, /^Bob.*unread/)).toHaveCount(0)

  // Her other devices are told that it is read.
  await expect.poll(() => service.received.at(-1)?.push.type).toBe('read')
  await look(ann, false)
  await write(bob, 'and again')
  await expect.poll(() => service.received.at(-1)?.push.type).toBe('shown')
  await expect.poll(() => delivered(ann, service.received.at(-1)?.push)).toEqual(['Bob: Wrote to you'])
  await look(ann, true)
  await expect.poll(() => notices(ann)).toEqual([])
})

test('where there is no push service the page notifies, and a muted room says nothing', async ({ person, client }) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  await turnOn(ann)
  await expect(ann.getByText(/while Natter is open/)).toBeVisible()
  // A worker that has just begun may not show the first.
  await expect(async () => {
    await ann.getByRole('button', { name: 'Send a test' }).click()
    const shown = ['Natter: This is what a notification looks like. They work here.']
    await expect.poll(() => notices(ann), { timeout: 3_000 }).toEqual(shown)
  }).toPass()
  await ann.evaluate(async () => {
    for (const one of await (await navigator.serviceWorker.ready).getNotifications()) one.close()
  })
  await ann.goBack()
  await ann.getByRole('button', { name: 'People and topic' }).click()
  await ann.getByRole('radio', { name: 'Every message' }).check()
  await look(ann, false)
  await bob.say('to everybody')
  await expect.poll(() => notices(ann), { timeout: 15_000 }).toEqual(['Lobby: Bob wrote'])
  await expect(room(ann, /^Lobby.*1 unread/)).toBeVisible()
  await look(ann, true)
  await expect.poll(() => notices(ann)).toEqual([])
  await ann.getByRole('button', { name: 'Mute for an hour' }).click()
  await expect(ann.getByText(/^Muted until/)).toBeVisible()
  await look(ann, false)
  await bob.say('unheard')
  await expect(room(ann, /^Lobby.*muted/)).toBeVisible()
  await expect(message(ann, 'unheard')).toBeVisible()
  await expect(room(ann, /unread/)).toHaveCount(0)
})

/** What a worker has that a page has not. */
type ServiceWorkerGlobal = {
  registration: ServiceWorkerRegistration
  NotificationEvent: new (type: string, init: { notification: Notification | undefined }) => Event
  dispatchEvent: (event: Event) => boolean
}

/** As the browser does when its push service has something for it. */
/** What is shown once it was delivered. On a busy machine a worker may not be started in time, and does not hear of it: then again. */
async function delivered(page: Page, push: unknown): Promise<string[]> {
  await deliver(page, push)
  return notices(page)
}

async function deliver(page: Page, push: unknown): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  const found = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      for (const { registrationId, isDeleted } of registrations) if (!isDeleted) resolve(registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  const { origin } = new URL(page.url())
  const data = JSON.stringify(push)
  await devtools.send('ServiceWorker.deliverPushMessage', { origin, registrationId: await found, data })
  await devtools.detach()
}
