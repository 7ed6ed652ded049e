import { expect, type Page } from '@playwright/test'
import { box, list, message, rooms, write } from './support/page.ts'
import { test } from './support/test.ts'

const widths = [1440, 1024, 390]

test('who is writing is said within a second, never to oneself, and goes when the message comes', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const tab = await bob.context().newPage()
  await tab.goto(bob.url())
  await expect(box(tab)).toBeVisible()
  await box(bob).pressSequentially('I was thin')
  await expect(ann.getByText('Bob is writing')).toBeVisible({ timeout: 1_000 })
  for (const own of [bob, tab]) await expect(own.getByText('is writing')).toHaveCount(0)
  await box(bob).press('Enter')
  await expect(message(ann, 'I was thin')).toBeVisible()
  await expect(ann.getByText('Bob is writing')).toHaveCount(0)
})

test('it goes after six seconds of silence, when the box is emptied, and when the connection ends', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  const says = ann.getByText('Bob is writing')
  await box(bob).pressSequentially('hm')
  await expect(says).toBeVisible()
  await expect(says).toHaveCount(0, { timeout: 6_500 })
  await box(bob).pressSequentially('hm again')
  await expect(says).toBeVisible()
  await box(bob).fill('')
  await expect(says).toHaveCount(0, { timeout: 3_000 })
  await box(bob).pressSequentially('once more')
  await expect(says).toBeVisible()
  await bob.close()
  await expect(says).toHaveCount(0, { timeout: 3_000 })
})

test('several are named, and nothing moves when it comes, changes and goes', async ({ person }) => {
  const [ann, bob, cleo, dan] = [await person('Ann'), await person('Bob'), await person('Cleo'), await person('Dan')]
  await write(bob, 'something to look at')
  await expect(message(ann, 'something to look at')).toBeVisible()
  const boxes = () =>
    Promise.all(
      [list(ann).getByRole('listitem'), ann.getByRole('form'), rooms(ann).getByRole('listitem')].map((all) =>
        all.evaluateAll((some) => some.map((one) => JSON.stringify(one.getBoundingClientRect()))),
      ),
    )
  for (const width of widths) {
    await ann.setViewportSize({ width, height: 844 })
    await expect(ann.getByText('writing')).toHaveCount(0, { timeout: 10_000 })
    const before = await boxes()
    await keyIn(bob)
    await expect(ann.getByText('Bob is writing')).toBeVisible()
    expect(await boxes()).toEqual(before)
    await keyIn(cleo)
    await expect(ann.getByText('Bob and Cleo are writing')).toBeVisible()
    await keyIn(dan)
    await expect(ann.getByText('Several people are writing')).toBeVisible()
    expect(await boxes()).toEqual(before)
    for (const page of [bob, cleo, dan]) await box(page).fill('')
    await expect(ann.getByText('writing')).toHaveCount(0)
    expect(await boxes()).toEqual(before)
  }
})

const keyIn = (page: Page) => box(page).pressSequentially('a')
