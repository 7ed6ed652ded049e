import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import type { Upload } from '../../protocol/files.ts'
import { startBalancer } from '../testing/balancer.ts'
import { startNodes } from '../testing/startNodes.ts'
import { lobbyOf, type Visitor } from '../testing/startServer.ts'
import { startS3 } from './testing/s3Server.ts'

const PIECE = 100_000

/** Sends a file in pieces, as a page does, each to wherever that leads. */
async function upload(url: string, who: Visitor, bytes: Buffer<ArrayBuffer>): Promise<Upload> {
  const ask = async (
    method: string,
    under: string,
    body: string | Buffer<ArrayBuffer>,
    more: Record<string, string>,
  ) => {
    const headers = { Cookie: who.cookie, Origin: url, ...more }
    const response = await fetch(`${url}/api/uploads${under}`, { method, headers, body })
    expect(response.ok, `${method} ${response.status}`).toBe(true)
    return (await response.json()) as Upload
  }
  const begun = { roomId: lobbyOf(who.hello), name: 'notes.bin', size: bytes.length }
  let upload = await ask('POST', '', JSON.stringify(begun), { 'Content-Type': 'application/json' })
  while (!upload.file) {
    const { id, offset } = upload
    const piece = bytes.subarray(offset, offset + PIECE)
    upload = await ask('PATCH', `/${id}`, piece, { 'Upload-Offset': String(offset) })
  }
  return upload
}

const shared = async () => {
  const DATA_DIR = await mkdtemp(path.join(tmpdir(), 'natter-shared-'))
  onTestFinished(() => rm(DATA_DIR, { recursive: true, force: true }))
  return { DATA_DIR }
}

it.each([
  { where: 'a folder that all nodes share', byAddress: false, settings: shared },
  {
    where: 'a bucket, by way of the node that its address leads to',
    byAddress: true,
    settings: async () => (await startS3()).environment,
  },
])('takes a file in pieces into $where, and every node gives it', async ({ byAddress, settings }) => {
  const balancer = await startBalancer({ byAddress })
  const { one, two } = await startNodes({ ORIGIN: balancer.url, JOIN: 'open', ...(await settings()) })
  balancer.serve([one.url, two.url])
  const joined = await fetch(`${balancer.url}/api/people`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Origin: balancer.url },
    body: JSON.stringify({ name: 'Ann' }),
  })
  const [cookie = ''] = joined.headers.getSetCookie().map((text) => text.split(';', 1)[0] ?? '')
  const ann = await one.connectAs(cookie, { Origin: balancer.url })
  for (let round = 0; round < 3; round++) {
    const bytes = randomBytes(PIECE * 4 + 1)
    const { id } = await upload(balancer.url, ann, bytes)
    for (const { url } of [one, two]) {
      const response = await fetch(`${url}/api/files/${id}`, { headers: { Cookie: cookie, Origin: balancer.url } })
      expect(bytes.equals(Buffer.from(await response.arrayBuffer()))).toBe(true)
    }
  }
})
