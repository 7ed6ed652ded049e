import { expect } from '@playwright/test'
import { box, list, message, room } from './support/page.ts'
import { test } from './support/test.ts'

test.use({ environment: { LIMIT_MESSAGES: '100000' } })

const text = [
  'Look at **this**:',
  '- flour\n- [x] eggs',
  '> well said\n\nThe end is ||happy||',
  '| who | what |\n|---|---|\n| Ann | cake |',
  '```ts\nconst cake: string = "apple"\n```',
  'see www.natter.example/a.',
].join('\n\n')

const hostile = ['javascript:alert(1)', 'data:text/html,<script>alert(1)</script>', 'JaVa&Tab;Script:alert(1)'].flatMap(
  (bad) => [
    `[a](${bad})`,
    `![a](${bad})`,
    `<${bad}>`,
    `<a href="${bad}">a</a>`,
    `<iframe src="${bad}"></iframe>`,
    `|a|\n|-|\n|[a](<${bad}>)|`,
  ],
)
const tags = [
  '<script>alert(1)</script>',
  '<img src=//evil.example/x onerror=alert(1)>',
  '![x](https://evil.example/x.png)',
]
tags.push(
  '<svg onload=alert(1)>',
  '<style>@import "//evil.example"</style>',
  '```html\n<img src=x onerror=alert(1)>\n```',
)

test('what one writes the others see as it is meant, and nothing that is hostile does anything', async ({
  person,
  client,
}) => {
  const [ann, bob, eve] = [await person('Ann'), await person('Bob'), await client('Eve')]
  const trouble: string[] = []
  bob.on('dialog', (dialog) => void dialog.dismiss().then(() => trouble.push('dialog')))
  bob.on('console', (line) => line.type() === 'error' && trouble.push(line.text()))
  bob.on('request', (request) => {
    if (new URL(request.url()).hostname !== new URL(bob.url()).hostname) trouble.push(request.url())
  })
  await bob.evaluate(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(violatedDirective))
  })

  await box(ann).fill(text)
  await ann.keyboard.press('Enter')
  const said = message(bob, 'Look at this:')
  await expect(said.getByRole('listitem')).toHaveCount(2)
  await expect(said.getByRole('checkbox', { checked: true })).toBeVisible()
  await expect(said.getByRole('blockquote')).toHaveText('well said')
  await expect(said.getByRole('table').getByRole('cell', { name: 'cake' })).toBeVisible()
  const code = said.getByRole('group', { name: 'Code, ts' })
  await expect(code.locator('[data-kind=word]').first()).toHaveText('const')
  await expect(code).toHaveText('const cake: string = "apple"')
  const link = said.getByRole('link', { name: 'www.natter.example/a', exact: true })
  await expect(link).toHaveAttribute('href', 'https://www.natter.example/a')
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow')
  await expect(said.getByText('happy')).toBeHidden()
  await said.getByRole('button', { name: 'Show what is hidden' }).press('Enter')
  await expect(said.getByText('happy')).toBeVisible()

  for (const body of [...hostile, ...tags]) await eve.say(body)
  await eve.say('that **is** all')
  await expect(message(bob, 'that is all')).toBeInViewport()
  await expect(list(bob).locator('a[href^="javascript"], a[href^="data"], iframe, script, style, img')).toHaveCount(0)
  await expect(room(ann, /Lobby/)).toBeVisible()
  expect(trouble).toEqual([])
})
