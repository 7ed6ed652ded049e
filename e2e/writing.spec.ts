import { expect } from '@playwright/test'
import { box, makeRoom, message, room } from './support/page.ts'
import { test } from './support/test.ts'

test('a text is set by keys, taken back by undo, pasted with its links, and leads to a room that one can join', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await makeRoom(bob, 'Garden')
  await room(bob, 'Lobby').click()
  await box(ann).fill('so good')
  await box(ann).press('Shift+Control+ArrowLeft')
  await box(ann).press('Control+b')
  await expect(box(ann)).toHaveValue('so **good**')
  await box(ann).press('Control+z')
  await expect(box(ann)).toHaveValue('so good')
  await box(ann).fill('')
  await box(ann).evaluate((field) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', 'a dish')
    clipboardData.setData(
      'text/html',
      'a <a href="https://example.org/dish">dish</a><img src=x onerror="document.title=1">',
    )
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await expect(box(ann)).toHaveValue('a [dish](https://example.org/dish)')
  await ann.getByRole('button', { name: 'Formatting' }).click()
  await ann.getByRole('button', { name: 'Preview' }).click()
  await expect(ann.getByRole('region', { name: 'Preview' }).getByRole('link', { name: 'dish' })).toBeVisible()
  await box(ann).press('Enter')
  await expect(message(bob, 'a dish').getByRole('link', { name: 'dish' })).toBeVisible()
  await box(bob).fill('come to #garden')
  await expect(bob.getByRole('option', { name: /Garden/ })).toBeVisible()
  await box(bob).press('Enter')
  await box(bob).press('Enter')
  await message(ann, 'come to').getByRole('link', { name: '#Garden' }).click()
  await ann.getByRole('button', { name: 'Join the room' }).click()
  await expect(ann.getByRole('heading', { level: 1, name: 'Garden' })).toBeVisible()
  await expect(room(ann, 'Garden')).toBeVisible()
})

test('a long paste comes whole, as it is, and is taken back by one undo', async ({ person }) => {
  const ann = await person('Ann')
  await box(ann).pressSequentially('before ')
  const lines = Array.from({ length: 1_000 }, (_, i) => `line ${i}  <b>a</b> &amp; `)
  await box(ann).evaluate((field, code) => {
    const clipboardData = new DataTransfer()
    clipboardData.setData('text/plain', code)
    clipboardData.setData('text/html', '<p>of an editor</p>')
    clipboardData.setData('vscode-editor-data', '{"mode":"html"}')
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, lines.join('\n'))
  await expect(box(ann)).toHaveValue(`before \n\`\`\`html\n${lines.join('\n')}\n\`\`\``)
  await box(ann).press('Control+z')
  await expect(box(ann)).toHaveValue('before ')
})
