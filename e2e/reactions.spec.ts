import { expect } from '@playwright/test'
import { box, list, message } from './support/page.ts'
import { test } from './support/test.ts'

test('two people react by key, by picker and by click, see who it was, and nothing that they look at moves', async ({
  person,
  client,
}) => {
  const ann = await person('Ann')
  const bob = await client('Bob')
  await bob.fill(40, (i) => `line ${i}`)
  const cake = await bob.say('There is cake')
  const there = message(ann, 'There is cake')
  await there.focus()
  await ann.keyboard.press('+')
  const find = ann.getByRole('searchbox', { name: 'Find an emoji' })
  await expect(find).toBeFocused()
  await ann.keyboard.type('birthday')
  await expect(ann.getByRole('gridcell').first()).toHaveAccessibleName('birthday cake')
  await ann.keyboard.press('Enter')
  const chip = there.getByRole('button', { name: /^Birthday cake/ })
  await expect(chip).toHaveAccessibleName('Birthday cake, 1 person, you')
  await expect(there).toBeFocused()

  const on = { roomId: bob.roomId, seq: cake.seq, emoji: '🎂', on: true }
  const { reactions } = await bob.ask('reaction:set', on)
  expect(reactions).toHaveLength(1)
  await expect(chip).toHaveAccessibleName('Birthday cake, 2 people, including you')
  await chip.hover()
  await expect(ann.getByRole('tooltip')).toHaveText('You and Bob')
  await chip.click()
  await expect(chip).toHaveAccessibleName('Birthday cake, 1 person')
  await expect(chip).toHaveAttribute('aria-pressed', 'false')

  // Above what somebody reads further up, and below it.
  const first = await list(ann).evaluate((scroller) => {
    scroller.scrollTop = -300
    const edge = scroller.getBoundingClientRect().top
    const rows = [...scroller.querySelectorAll<HTMLElement>('[data-seq]')]
    return Number(rows.find((row) => row.getBoundingClientRect().top >= edge)?.dataset['seq'])
  })
  const read = list(ann).locator(`[data-seq="${first}"] .text`)
  const before = await read.boundingBox()
  const others = [first - 3, first - 2, first + 1, first + 2, cake.seq]
  for (const seq of others) await bob.ask('reaction:set', { ...on, seq, emoji: '👀' })
  await expect(list(ann).getByRole('button', { name: /^Eyes/ })).toHaveCount(others.length)
  expect((await read.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)
  for (const seq of others) await bob.ask('reaction:set', { ...on, seq, emoji: '👀', on: seq === cake.seq })
  await expect(list(ann).getByRole('button', { name: /^Eyes/ })).toHaveCount(1)
  expect((await read.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0)

  // Never said aloud, nor unread.
  await expect(ann.getByRole('log')).toBeEmpty()
  await box(ann).fill(':birthd')
  await expect(ann.getByRole('option', { name: /birthday cake/ })).toBeVisible()
  await box(ann).press('Enter')
  await expect(box(ann)).toHaveValue('🎂 ')
})
