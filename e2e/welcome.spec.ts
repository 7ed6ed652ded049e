import { expect } from '@playwright/test'
import { box } from './support/page.ts'
import { test } from './support/test.ts'

test('a server that cannot be reached is said in words, and tried again', async ({ natter, person }) => {
  const ann = await person('Ann')
  await ann.route('**/api/place', (route) => route.abort())
  await ann.goto(natter.url)
  await expect(ann.getByRole('heading', { name: 'Natter cannot be reached just now.' })).toBeVisible()
  await ann.unroute('**/api/place')
  await ann.getByRole('button', { name: 'Try again' }).click()
  await expect(box(ann)).toBeVisible()
})
