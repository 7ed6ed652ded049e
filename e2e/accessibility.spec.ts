import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { test } from './support/test.ts'

const tags = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']
const widths = [1440, 1024, 390] as const

async function expectClean(page: Page, screen: string) {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 })
      const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
      expect(
        violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
        `${screen} ${colorScheme} ${width}`,
      ).toEqual([])
    }
  }
}

test('every screen is free of faults that a machine can find, light and dark, at three widths', async ({
  natter,
  person,
  browser,
}) => {
  const visitor = await (await browser.newContext()).newPage()
  await visitor.goto(natter.url)
  await expect(visitor.getByRole('button', { name: 'Come in' })).toBeVisible()
  await expectClean(visitor, 'welcome')

  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await bob.getByRole('textbox', { name: /^Message / }).fill('hello')
  await bob.keyboard.press('Enter')
  await expect(ann.getByRole('listitem').filter({ hasText: 'hello' })).toHaveCount(1)
  await expectClean(ann, 'conversation')
  await ann.getByRole('button', { name: 'People and topic' }).click()
  await expect(ann.getByRole('complementary')).toBeVisible()
  await expectClean(ann, 'details')
})

test('typing comes and goes without moving anything', async ({ person }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await ann.getByRole('textbox', { name: /^Message / }).fill('hello')
  await ann.keyboard.press('Enter')
  await expect(bob.getByRole('listitem').filter({ hasText: 'hello' })).toHaveCount(1)
  for (const width of widths) {
    await ann.setViewportSize({ width, height: 844 })
    const boxes = () =>
      ann
        .locator('main li, main form, nav li')
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as object))
    await expect(ann.getByText('Bob is writing')).toHaveCount(0, { timeout: 15_000 })
    const before = await boxes()
    await bob.getByRole('textbox', { name: /^Message / }).pressSequentially('abc')
    await expect(ann.getByText('Bob is writing')).toBeVisible()
    expect(await boxes()).toEqual(before)
    await bob.getByRole('textbox', { name: /^Message / }).fill('')
  }
})
