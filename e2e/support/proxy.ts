import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Stands before a server as many a proxy does: it passes requests on, and lets no WebSocket through. */
export async function startOldProxy(target: string): Promise<{ url: string; close: () => void }> {
  const { hostname, port } = new URL(target)
  const proxy = createServer((asked, answer) => {
    const { url: path, method, headers } = asked
    const onward = request({ hostname, port, path, method, headers }, (found) => {
      answer.writeHead(found.statusCode ?? 502, found.headers)
      found.pipe(answer)
    })
    onward.on('error', () => answer.destroy())
    asked.pipe(onward)
  })
  proxy.on('upgrade', (_, socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'))
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    close() {
      proxy.closeAllConnections()
      proxy.close()
    },
  }
}
