import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished, vi } from 'vitest'

/** A site, and who has asked it for what. */
export async function site(answer: RequestListener, address = '127.0.0.1') {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host?.replace(/:.*/, '')}${request.url}`)
    answer(request, response)
  })
  await new Promise<void>((resolve) => void server.listen(0, address, resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { port: String((server.address() as AddressInfo).port), asked }
}

export const html =
  (page: string): RequestListener =>
  (_, response) =>
    void response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(page)

/** The names of the world: each leads to these addresses, one after the other when it is asked again. */
export function names(known: Record<string, string[][]>) {
  const left = new Map(Object.entries(known).map(([name, answers]) => [name, [...answers]]))
  return vi.fn(async (name: string) => {
    const answers = left.get(name) ?? []
    const found = answers.length > 1 ? answers.shift() : answers[0]
    if (!found) throw new Error('ENOTFOUND')
    return found.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  })
}
