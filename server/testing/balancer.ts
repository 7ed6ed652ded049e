import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, request as ask } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream/promises'
import { onTestFinished } from 'vitest'

/**
 * What stands before several nodes and sends each request to the next of them, whoever it is from; `byAddress`: what is asked of one
 * address always to the same one. WebSockets are none of its business.
 */
export async function startBalancer({ byAddress = false } = {}) {
  let nodes: string[] = []
  let turn = 0
  const hashOf = (text = '') => createHash('sha256').update(text).digest().readUInt32BE()
  const server = createServer((request, response) => {
    const { method, headers, url } = request
    const node = nodes[(byAddress ? hashOf(url) : turn++) % nodes.length]
    const onward = ask(`${node}${url}`, { method, headers }, (answer) => {
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
