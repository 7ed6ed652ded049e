import { once } from 'node:events'
import { connect as connectPlain, createServer, isIP, type AddressInfo, type Socket } from 'node:net'
import { connect as connectSecurely } from 'node:tls'

export type Tunnel = { url: string; close: () => void }

/**
 * Leads from a free port of this machine to a server that may be anywhere. Plain on this side, so that a relay before it can
 * lose single frames; on the other with TLS where the server wants it, and its certificate checked as for any client.
 */
export async function openTunnel(origin: string): Promise<Tunnel> {
  const { protocol, hostname, port } = new URL(origin)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const reach = (): Socket =>
    protocol === 'https:'
      ? connectSecurely({ host, port: Number(port || 443), ...(isIP(host) ? {} : { servername: host }) })
      : connectPlain({ host, port: Number(port || 80) })

  const open = new Set<Socket>()
  const server = createServer({ noDelay: true }, (near) => {
    const far = reach().setNoDelay(true)
    for (const [end, other] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(end)
      // "close" follows, and takes the other end with it.
      end.on('error', () => {})
      end.once('close', () => {
        open.delete(end)
        other.destroy()
      })
      end.pipe(other)
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.close()
      for (const end of open) end.destroy()
    },
  }
}
