import { readFile, rename, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import path from 'node:path'
import { setTimeout as after } from 'node:timers/promises'
import { expect, type Page } from '@playwright/test'
import { box, message, write } from './support/page.ts'
import { run } from './support/run.ts'
import { startNatter, ways } from './support/server.ts'
import { test as base } from './support/test.ts'

type Change = (name: string, from: string, to: string) => Promise<void>

/** `natter` is here what `npm run dev` runs, in a copy of the project whose sources can be changed. */
const test = base.extend<{ change: Change }>({
  natter: async ({ project }, use) => {
    const natter = await startNatter({ PORT: `${await freePort()}` }, { way: ways.dev, root: project })
    try {
      await expect.poll(() => health(natter.url)).toEqual({ alive: true })
      await use(natter)
    } finally {
      await natter.stop()
    }
  },
  change: async ({ project }, use) => {
    await use(async (name, from, to) => {
      const file = path.join(project, name)
      const text = await readFile(file, 'utf8')
      if (!text.includes(from)) throw new Error(`${name} has no ${from}`)
      // In one step, so that nobody reads half a file.
      await writeFile(`${file}.new`, text.replace(from, to))
      await rename(`${file}.new`, file)
    })
  },
})
test.setTimeout(120_000)

/** A port that is free, and so is the next one. */
async function freePort(): Promise<number> {
  const open = (port: number) =>
    new Promise<number>((resolve, reject) => {
      const server = createServer().once('error', reject)
      server.listen(port, '127.0.0.1', () => {
        const free = (server.address() as AddressInfo).port
        server.close(() => resolve(free))
      })
    })
  for (;;) {
    const port = await open(0)
    if (await open(port + 1).catch(() => null)) return port
  }
}

/** What the server answers, or the status when it does not. */
async function health(url: string): Promise<unknown> {
  const response = await fetch(`${url}/healthz`)
  return response.ok ? response.json() : response.status
}

const mark = (page: Page) => page.evaluate(() => void Object.assign(window, { sameDocument: true }))
const isSameDocument = (page: Page) => page.evaluate(() => 'sameDocument' in window)
const was = '{ alive: true }'
const is = "{ alive: true, since: 'the change' }"

test('what a developer changes is there at once, and page, draft and connection stay', async ({
  natter,
  person,
  change,
}) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await box(ann).fill('half a tho')
  await mark(ann)

  await change('client/ui/words.ts', "rooms: 'Rooms'", "rooms: 'Places'")
  await expect(ann.getByRole('heading', { name: /^Places/ })).toBeVisible()
  await expect(box(ann)).toHaveValue('half a tho')
  expect(natter.output()).not.toContain('"disconnected"')

  await change('server/web.ts', was, is)
  await expect.poll(() => health(natter.url)).toEqual({ alive: true, since: 'the change' })
  await expect(box(ann)).toHaveValue('half a tho')
  await box(ann).pressSequentially('ught')
  await box(ann).press('Enter')
  await expect(message(bob, 'half a thought')).toHaveCount(1)
  expect(await isSameDocument(ann)).toBe(true)

  const asked = new Set<string>()
  ann.on('request', (request) => asked.add(new URL(request.url()).origin))
  ann.on('websocket', (socket) => asked.add(new URL(socket.url()).origin.replace(/^ws/, 'http')))
  await ann.reload()
  await expect(message(ann, 'half a thought')).toHaveCount(1)
  expect([...asked], 'everything comes through one address').toEqual([natter.url])
  expect(natter.output().match(/http:\/\/[^/\s]+/g), 'which is the only one that is named').toEqual([natter.url])
})

test('a slip in the server is named, and mended by the next save', async ({ natter, person, change }) => {
  const [ann, bob] = [await person('Ann'), await person('Bob')]
  await mark(ann)
  await change('server/web.ts', was, '{ alive: }')
  await expect.poll(() => health(natter.url)).toBe(502)
  await expect.poll(natter.output).toMatch(/web\.ts:\d+[^]*SyntaxError/)
  await write(ann, 'written meanwhile')

  await change('server/web.ts', '{ alive: }', is)
  await expect.poll(() => health(natter.url)).toEqual({ alive: true, since: 'the change' })
  await expect(message(bob, 'written meanwhile')).toHaveCount(1, { timeout: 30_000 })
  expect(await isSameDocument(ann)).toBe(true)
})

test('saving again and again, also Vite’s own settings, leaves one server with the newest code', async ({
  natter,
  change,
}) => {
  const answer = (edits: number) => (edits === 0 ? was : `{ alive: true, edits: ${edits} }`)
  const edit = (number: number) => change('server/web.ts', answer(number - 1), answer(number))
  const reach = (edits: number) => expect.poll(() => health(natter.url)).toEqual({ alive: true, edits })
  // From now on it takes longer to end than there is between two saves.
  await change('server/main.ts', 'app.stop()', 'new Promise((end) => setTimeout(end, 500)).then(app.stop)')
  await edit(1)
  await reach(1)

  await change('vite.config.ts', 'export default', '\nexport default')
  await expect.poll(natter.output).toContain('server restarted.')
  await edit(2)
  await reach(2)
  for (let number = 3; number <= 8; number++) {
    await edit(number)
    await after(60)
  }
  await reach(8)
  await edit(9)
  await reach(9)
  expect(natter.output()).not.toMatch(/Another Natter|EADDRINUSE|is taken/)
})

test('the server ends with Vite, even where Vite cannot end it', async ({ project }) => {
  const PORT = `${await freePort()}`
  for (const moment of ['while the server starts', 'while it runs']) {
    const environment = { PORT, DATA_DIR: path.join(project, 'data') }
    const vite = run([process.execPath, 'node_modules/vite/bin/vite.js'], environment, project)
    const url = new URL(await vite.says(ways.dev.address)).origin
    if (moment === 'while it runs') await expect.poll(() => health(url)).toEqual({ alive: true })
    process.kill(vite.pid, 'SIGKILL')
    await vite.ended
  }
})
