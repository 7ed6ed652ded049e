import { randomBytes } from 'node:crypto'
import { expect, test } from '@playwright/test'
import type { Upload } from '../../protocol/files.ts'
import { freePort } from '../../server/testing/services.ts'
import { balancers } from '../support/balancers.ts'
import { comeIn, connectAs } from '../support/client.ts'
import { createChance } from './chance.ts'
import { check, isFaultless } from './checkers.ts'
import { createKeys } from './keys.ts'
import { comeToRest } from './rest.ts'
import { startSite } from './site.ts'
import { natter } from './subject.ts'

const PIECE = 100_000

/** Sends a file in pieces, and gets it back. */
async function sendFile(url: string, cookie: string): Promise<void> {
  const { roomId, close } = await connectAs(url, cookie)
  close()
  const headers = { Cookie: cookie, Origin: url }
  const ask = async (
    method: string,
    under: string,
    body: string | Buffer<ArrayBuffer>,
    more: Record<string, string>,
  ) => {
    const response = await fetch(`${url}/api/uploads${under}`, { method, headers: { ...headers, ...more }, body })
    expect(response.ok, `${method} ${response.status}`).toBe(true)
    return (await response.json()) as Upload
  }
  const bytes = randomBytes(PIECE * 4 + 1)
  const begun = JSON.stringify({ roomId, name: 'notes.bin', size: bytes.length })
  let upload = await ask('POST', '', begun, { 'Content-Type': 'application/json' })
  while (!upload.file) {
    const { id, offset } = upload
    upload = await ask('PATCH', `/${id}`, bytes.subarray(offset, offset + PIECE), { 'Upload-Offset': `${offset}` })
  }
  const back = await fetch(`${url}/api/files/${upload.id}`, { headers })
  expect(bytes.equals(Buffer.from(await back.arrayBuffer()))).toBe(true)
}

for (const { name, start } of balancers) {
  test(`behind ${name} two nodes are one: by WebSocket and polling, with files, and while either is gone`, async () => {
    test.setTimeout(120_000)
    const port = await freePort()
    const url = `http://localhost:${port}`
    const site = await startSite(natter, 2, { environment: { ORIGIN: url, TRUST_PROXY: 'true', JOIN: 'open' } })
    const balancer = start(
      port,
      site.natters.map((node) => node.url),
    )
    try {
      await expect
        .poll(
          () =>
            fetch(`${url}/readyz`)
              .then(({ status }) => status)
              .catch(() => null),
          { timeout: 20_000 },
        )
        .toBe(200)
      for (const person of ['Ann', 'Bob', 'Cleo']) await sendFile(url, await comeIn(url, person))

      const keys = createKeys()
      const { random } = createChance(1)
      const people = await Promise.all(
        [false, true, false, true, false, true].map((polling, i) =>
          natter.enter({ url, name: `Person ${i}`, author: i + 1, keys, random, polling }),
        ),
      )
      let times = 0
      const talk = async () => {
        for (const one of people) one.say()
        times += 1
        const expected = people.map(() => times * people.length)
        await expect.poll(() => people.map(({ ledger }) => ledger.shown()), { timeout: 40_000 }).toEqual(expected)
      }
      await talk()
      for (const node of site.natters) {
        await node.kill('SIGKILL')
        await talk()
        await node.restart()
        await talk()
      }
      const { stored, restless } = await comeToRest(people, () => natter.stored(url, keys), 20_000)
      const { faults, acked } = check(stored.messages, people)
      expect([faults, isFaultless(faults), acked, restless]).toEqual([faults, true, times * people.length, 0])
      // Whoever was with one that went has gone on with the other.
      expect(people.map((one) => one.cutAt() > 0)).toEqual(people.map(() => true))
      for (const one of people) one.leave()
    } finally {
      await balancer.kill('SIGTERM')
      await site.stop()
    }
  })
}
