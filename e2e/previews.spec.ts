import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect } from '@playwright/test'
import { list, message, write } from './support/page.ts'
import { own } from './support/place.ts'
import { startNatter } from './support/server.ts'
import { test } from './support/test.ts'

test('a room that is told to says where links lead, without moving anything that is read, until their author takes it away', async ({
  browser,
}) => {
  let answer = () => {}
  const site = createServer((_, response) => {
    response.setHeader('Content-Type', 'text/html; charset=utf-8')
    answer = () => void response.end('<title>How to sharpen a plane · Fernhill</title>')
  })
  await new Promise<void>((resolve) => void site.listen(0, '127.0.0.1', resolve))
  const natter = await startNatter({
    NODE_OPTIONS: `--import=${path.join(import.meta.dirname, 'support', 'internet.ts')}`,
    SITE: `http://127.0.0.1:${(site.address() as AddressInfo).port}`,
  })
  try {
    const ada = await own(browser, natter)
    await ada.getByRole('button', { name: 'People and topic' }).click()
    const details = ada.getByRole('complementary', { name: 'People and topic' })
    await details.getByRole('checkbox', { name: /^Show where links lead/ }).click()
    await expect(details.getByRole('checkbox', { name: /^Show where links lead/ })).toBeChecked()
    await ada.keyboard.press('Escape')

    await write(ada, 'Read this: http://tools.example/plane')
    await write(ada, 'It helped me.')
    const sent = message(ada, 'Read this')
    await expect(sent.getByRole('link', { name: 'tools.example', exact: true })).toBeVisible()
    await expect(message(ada, 'It helped me.')).toHaveAttribute('data-state', 'sent')
    const before = [await sent.boundingBox(), await message(ada, 'It helped me.').boundingBox()]
    await expect.poll(() => (answer(), sent.getByRole('link', { name: /sharpen/ }).count())).toBe(1)
    expect([await sent.boundingBox(), await message(ada, 'It helped me.').boundingBox()]).toEqual(before)

    await sent.focus()
    await ada.keyboard.press('Tab')
    await ada.keyboard.press('Tab')
    await expect(sent.getByRole('link', { name: 'tools.example · How to sharpen a plane · Fernhill' })).toBeFocused()
    await ada.keyboard.press('Tab')
    await expect(sent.getByRole('button', { name: 'Remove the line about tools.example' })).toBeFocused()
    await ada.keyboard.press('Enter')
    await expect(sent).toBeFocused()
    await expect(list(ada).getByText('How to sharpen')).toHaveCount(0)
  } finally {
    await natter.stop()
    site.close()
    site.closeAllConnections()
  }
})
