import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { onTestFinished } from 'vitest'

/** What stands before several nodes and sends each request to the next of them, whoever it is from. WebSockets are none of its business. */
export async function startBalancer() {
  let nodes: string[] = []
  let turn = 0
  const server = createServer((request, response) => {
    const { method, headers } = request
    const node = nodes[turn++ % nodes.length]
    const onward = ask(`${node}${request.url}`, { method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, answer.headers)
      pipeline(answer, response).catch(() => response.destroy())
    })
    pipeline(request, onward).catch(() => response.destroy())
  })
  server.listen(0, 'localhost')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return {
    url: `http://localhost:${(server.address() as AddressInfo).port}`,
    serve: (urls: string[]) => void (nodes = urls),
  }
}
