import { gzipSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { createFetching } from './fetching.ts'
import { isOnTheInternet } from './reachable.ts'
import { html, names, site } from './testing/site.ts'

const here = [['127.0.0.1']]
const open = { isReachable: (address: string) => address === '127.0.0.1' }

it('brings a page, whatever it is packed and written in, and says where it was in the end', async () => {
  const { port, asked } = await site((request, response) => {
    if (request.url === '/old') return void response.writeHead(301, { Location: '/new' }).end()
    const headers = { 'Content-Type': 'text/html; charset=iso-8859-1', 'Content-Encoding': 'gzip' }
    return void response.writeHead(200, headers).end(gzipSync(Buffer.from('<title>Café</title>', 'latin1')))
  })
  const fetchPage = createFetching({ ...open, lookUp: names({ 'example.org': here }), ports: [port] })
  expect(await fetchPage(`http://example.org:${port}/old`)).toEqual({
    url: new URL(`http://example.org:${port}/new`),
    html: '<title>Café</title>',
  })
  expect(asked).toEqual(['example.org/old', 'example.org/new'])
})

it('reaches nothing but the open internet, however its address is written, and however it is led there', async () => {
  const canary = await site(html('<title>secret</title>'))
  const { port } = canary
  const inside = [
    '127.0.0.1',
    '[::1]',
    '[::ffff:127.0.0.1]',
    '0x7f000001',
    '2130706433',
    '0177.0.0.1',
    '127.1',
    'localhost',
    '169.254.169.254',
    '0',
    'inside.example',
    'both.example',
  ]
  const lookUp = names({
    localhost: here,
    'inside.example': here,
    'both.example': [['93.184.216.34', '127.0.0.1']],
  })
  const guarded = createFetching({ lookUp, ports: [port], deadline: 1_000 })
  for (const host of inside) expect([host, await guarded(`http://${host}:${port}/`)]).toEqual([host, null])

  // From outside to inside, to every one of them.
  const leader = await site((request, response) => {
    const host = new URL(request.url ?? '', 'http://x').searchParams.get('to')
    response.writeHead(302, { Location: `http://${host}:${port}/` }).end()
  }, '127.0.0.2')
  const led = createFetching({
    lookUp: names({ 'outside.example': [['127.0.0.2']], localhost: here, 'inside.example': here }),
    isReachable: (address) => address === '127.0.0.2' || isOnTheInternet(address),
    ports: [port, leader.port],
    deadline: 1_000,
  })
  for (const host of inside)
    expect([host, await led(`http://outside.example:${leader.port}/?to=${host}`)]).toEqual([host, null])
  expect(leader.asked).toHaveLength(inside.length)
  expect(canary.asked).toEqual([])
})

it('goes to the address that it has looked at, also where a name leads elsewhere a moment later', async () => {
  const { port, asked } = await site((request, response) => {
    if (request.url === '/') return void response.writeHead(302, { Location: '/again' }).end()
    return html('<title>inside</title>')(request, response)
  })
  const lookUp = names({ 'turning.example': [['127.0.0.1'], ['127.0.0.2']] })
  const fetchPage = createFetching({ ...open, lookUp, ports: [port] })
  expect(await fetchPage(`http://turning.example:${port}/`)).toBeNull()
  expect(asked).toEqual(['turning.example/'])
  expect(lookUp).toHaveBeenCalledTimes(2)
})

it('follows three redirects and not one more, nor one to another scheme', async () => {
  const { port, asked } = await site((request, response) => {
    const left = Number(request.url?.slice(1))
    if (left === 9) return void response.writeHead(302, { Location: 'file:///etc/passwd' }).end()
    if (left > 0) return void response.writeHead(302, { Location: `/${left - 1}` }).end()
    return html('there')(request, response)
  })
  const fetchPage = createFetching({ ...open, lookUp: names({ 'example.org': here }), ports: [port] })
  expect(await fetchPage(`http://example.org:${port}/3`)).toMatchObject({ html: 'there' })
  expect(await fetchPage(`http://example.org:${port}/4`)).toBeNull()
  expect(await fetchPage(`http://example.org:${port}/9`)).toBeNull()
  expect(asked).toHaveLength(4 + 4 + 1)
})

it('waits for no page that is slow, and takes no more than the beginning of one that does not end', async () => {
  const { port } = await site((request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' })
    if (request.url === '/slow') return
    const more = () => {
      while (response.write('<title>endless</title>'.padEnd(64 * 1024)));
      response.once('drain', more)
    }
    if (request.url === '/endless') more()
    if (request.url === '/bomb') response.end()
  })
  const fetchPage = createFetching({ ...open, lookUp: names({ 'example.org': here }), ports: [port], deadline: 500 })
  expect(await fetchPage(`http://example.org:${port}/slow`)).toBeNull()
  const page = await fetchPage(`http://example.org:${port}/endless`)
  expect(page?.html ?? '').toHaveLength(page ? 1024 * 1024 : 0)
})

it('does not wait for who begins to speak another protocol, or only says so', async () => {
  const { port } = await site((request, response) => {
    const upgrade = request.url === '/other' ? 'Connection: Upgrade\r\nUpgrade: websocket\r\n' : ''
    response.socket?.write(`HTTP/1.1 101 Switching Protocols\r\n${upgrade}\r\n`)
  })
  const fetchPage = createFetching({ ...open, lookUp: names({ 'example.org': here }), ports: [port], deadline: 500 })
  for (const path of ['other', 'none'])
    expect([path, await fetchPage(`http://example.org:${port}/${path}`)]).toEqual([path, null])
})

it('unpacks no more than it takes, however small it came', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * 1024 * 1024))
  const { port } = await site((_, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Encoding': 'gzip' }).end(bomb)
  })
  const fetchPage = createFetching({ ...open, lookUp: names({ 'example.org': here }), ports: [port] })
  expect((await fetchPage(`http://example.org:${port}/`))?.html).toHaveLength(1024 * 1024)
})

it('takes pages alone, from where pages are, and gives nobody a password', async () => {
  const { port, asked } = await site((request, response) => {
    const type = request.url === '/json' ? 'application/json' : 'text/html'
    response.writeHead(request.url === '/gone' ? 404 : 200, { 'Content-Type': type }).end('{}')
  })
  const fetchPage = createFetching({ ...open, lookUp: names({ 'example.org': here }), ports: [port] })
  expect(await fetchPage(`http://example.org:${port}/json`)).toBeNull()
  expect(await fetchPage(`http://example.org:${port}/gone`)).toBeNull()
  expect(asked).toHaveLength(2)
  const others = [
    `http://a:b@example.org:${port}/`,
    'http://example.org:22/',
    'ftp://example.org/',
    'javascript:1',
    'no address',
    `http://nowhere.example:${port}/`,
  ]
  for (const address of others) expect([address, await fetchPage(address)]).toEqual([address, null])
  expect(asked).toHaveLength(2)
})

it('reads a page in the letters that it names, in its head or before it, and in the usual ones where there are no such letters', async () => {
  const page = (charset: string, bytes: string) =>
    Buffer.from(`<meta charset=${charset}><title>${bytes}</title>`, 'latin1')
  const { port } = await site((request, response) => {
    const [type, bytes] = {
      '/cyrillic': ['text/html', page('windows-1251', '\xd7\xe0\xe9')],
      '/header': ['text/html; charset="windows-1251"', page('utf-8', '\xd7\xe0\xe9')],
      '/none': ['text/html; charset=klingon', Buffer.from('<title>Чай</title>')],
      '/broken': ['text/html', page('utf-8', 'Ch\xe1')],
    }[request.url ?? ''] ?? ['text/html', '']
    response.writeHead(200, { 'Content-Type': String(type) }).end(bytes)
  })
  const fetchPage = createFetching({ ...open, lookUp: names({ 'example.org': here }), ports: [port] })
  const read = async (path: string) => (await fetchPage(`http://example.org:${port}${path}`))?.html
  for (const path of ['/cyrillic', '/header', '/none']) expect(await read(path)).toContain('<title>Чай</title>')
  expect(await read('/broken')).toContain('<title>Ch\uFFFD</title>')
})
