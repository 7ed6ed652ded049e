import { readFile } from 'node:fs/promises'
import { expect } from '@playwright/test'
import sharp from 'sharp'
import { box, list, message, write } from './support/page.ts'
import { test } from './support/test.ts'

const picture = (width: number, height: number, background = '#e4572e') =>
  sharp({ create: { width, height, channels: 3, background } })
    .png()
    .toBuffer()

/** How what is above a box is described in what the browser keeps. */
async function keptFiles(): Promise<unknown[]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('natter')
    opening.onsuccess = () => resolve(opening.result)
    opening.onerror = () => reject(new Error('It keeps nothing.'))
  })
  const all = database.transaction('files').objectStore('files').getAll() as IDBRequest<{ alt?: string }[]>
  await new Promise((resolve) => (all.onsuccess = resolve))
  database.close()
  return all.result.map(({ alt }) => alt)
}

test('somebody sends a picture and a paper with one Enter; the other sees its place before it is there, looks at it by keyboard, and downloads', async ({
  person,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  let let_through = () => {}
  const held = new Promise<void>((resolve) => (let_through = resolve))
  await bob.route('**/small', async (route) => {
    await held
    await route.continue()
  })
  const files = [
    { name: 'poster.png', mimeType: 'image/png', buffer: await picture(736, 414) },
    { name: 'rota.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 the rota') },
  ]
  await ann.getByRole('form').getByRole('button', { name: 'Add a file' }).waitFor()
  await ann.locator('input[type=file]').setInputFiles(files)
  const tray = ann.getByRole('list', { name: 'Files to send' })
  await expect(tray.getByRole('listitem')).toHaveText([/poster\.png/, /rota\.pdf/])
  await tray.getByRole('textbox', { name: /^Describe it/ }).fill('A lamp')
  await write(ann, 'For Saturday')
  await expect(tray).toHaveCount(0)

  const row = message(bob, 'For Saturday')
  const opener = row.getByRole('button', { name: 'Open picture: A lamp' })
  await expect(opener).toBeVisible()
  const before = await opener.boundingBox()
  expect(before).toMatchObject({ width: 368, height: 207 })
  let_through()
  await expect(opener.locator('img')).toHaveJSProperty('complete', true)
  expect(await opener.boundingBox()).toEqual(before)

  await opener.focus()
  await bob.keyboard.press('Enter')
  const gallery = bob.getByRole('dialog', { name: 'A lamp' })
  await expect(gallery.getByRole('img', { name: 'A lamp' })).toHaveJSProperty('naturalWidth', 736)
  await bob.keyboard.press('Escape')
  await expect(gallery).toHaveCount(0)
  await expect(opener).toBeFocused()

  const [download] = await Promise.all([
    bob.waitForEvent('download'),
    row.getByRole('link', { name: /rota\.pdf/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('rota.pdf')
  expect(String(await readFile(await download.path()))).toBe('%PDF-1.7 the rota')
})

test('a pasted picture waits for the network with its message, over a cut in the middle, a reload and a server that is killed, and keeps its place', async ({
  natter,
  person,
  client,
}) => {
  const [ann, bob] = [await person('Ann'), await client('Bob')]
  // Noise, so that it is long: 3 MB are three pieces.
  const noise = await sharp({
    create: {
      width: 1000,
      height: 1000,
      channels: 3,
      background: 'white',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer()
  let pieces = 0
  await ann.context().route('**/api/uploads/*', async (route) => {
    if (route.request().method() === 'PATCH' && ++pieces > 1) return route.abort('connectionreset')
    return route.continue()
  })
  await box(ann).focus()
  await ann.evaluate((base64) => {
    const bytes = Uint8Array.from(atob(base64), (letter) => letter.codePointAt(0) ?? 0)
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([bytes], 'noise.png', { type: 'image/png' }))
    document.activeElement?.dispatchEvent(
      new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }),
    )
  }, noise.toString('base64'))
  const waiting = ann.getByRole('list', { name: 'Files to send' }).getByRole('listitem')
  await waiting.getByRole('textbox').fill('Noise')
  await box(ann).focus()
  await expect.poll(() => ann.evaluate(keptFiles)).toEqual(['Noise'])
  await ann.reload()
  await expect(waiting).toHaveText(/noise\.png/)
  await expect(waiting.getByRole('textbox')).toHaveValue('Noise')
  await write(ann, '')
  await write(ann, 'after it')
  await expect(list(ann)).toContainText(/Uploading \d+ %/)
  await ann.reload()
  await expect(message(ann, 'after it')).toHaveCount(1)
  await natter.kill()
  await natter.restart()
  await ann.context().unroute('**/api/uploads/*')
  await expect
    .poll(async () => (await bob.history()).map(({ body, files }) => [body, files?.[0]?.name]), { timeout: 20_000 })
    .toEqual([
      ['', 'noise.png'],
      ['after it', undefined],
    ])
  await expect(list(ann).getByRole('button', { name: 'Open picture: Noise' })).toHaveCount(1)
})
