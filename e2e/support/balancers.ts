import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { findCaddy, findNginx } from '../../scripts/services.mjs'
import { run, type Running } from './run.ts'

/** What stands before several nodes, as the examples of deploy/ have it: only names, ports and certificates are others. */
export type Balancer = { name: string; start: (port: number, nodes: readonly string[]) => Running }

const example = (file: string) => readFileSync(path.join(import.meta.dirname, '..', '..', 'deploy', file), 'utf8')

/** Each of them is there to be replaced. */
function replaced(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((made, [from, to]) => {
    if (!made.includes(from)) throw new Error(`The example has no "${from}".`)
    return made.replace(from, to)
  }, text)
}

/** Runs in a folder of its own, which goes when it has ended. */
function runIn(
  files: Record<string, string>,
  command: (dir: string) => [string, ...string[]],
  environment = {},
): Running {
  const dir = mkdtempSync(path.join(tmpdir(), 'natter-balancer-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(dir, name), text)
  const running = run(command(dir), { HOME: dir, ...environment })
  void running.ended.finally(() => rmSync(dir, { recursive: true, force: true }))
  return running
}

const hostOf = (node: string) => new URL(node).host

const nginx = (program: string): Balancer => ({
  name: 'nginx',
  start(port, [one = '', two = '']) {
    const site = replaced(example('nginx.conf'), [
      ['listen 443 ssl;', `listen 127.0.0.1:${port};`],
      ['ssl_certificate /etc/ssl/chat.example.org/fullchain.pem;', ''],
      ['ssl_certificate_key /etc/ssl/chat.example.org/privkey.pem;', ''],
      ['127.0.0.1:3001', hostOf(one)],
      ['127.0.0.1:3002', hostOf(two)],
    ])
    const folders = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${name};`)
    const whole = `${process.getuid?.() === 0 ? 'user root;' : ''}
      daemon off; pid nginx.pid; error_log stderr notice; events {}
      http { access_log off; ${folders.join(' ')} include site.conf; }`
    return runIn({ 'nginx.conf': whole, 'site.conf': site }, (dir) => [
      program,
      '-p',
      dir,
      '-c',
      'nginx.conf',
      '-e',
      'stderr',
    ])
  },
})

const caddy = (program: string): Balancer => ({
  name: 'Caddy',
  start: (port, nodes) =>
    runIn(
      { Caddyfile: `{\n\tadmin off\n}\n${example('Caddyfile')}` },
      (dir) => [program, 'run', '--config', path.join(dir, 'Caddyfile'), '--adapter', 'caddyfile'],
      { SITE: `http://localhost:${port}`, NODES: nodes.map(hostOf).join(' ') },
    ),
})

const [nginxHere, caddyHere] = [findNginx(), findCaddy()]
/** Those that are on this machine; nginx is wherever the tests were set up. */
export const balancers: Balancer[] = [nginx(nginxHere ?? 'nginx'), ...(caddyHere ? [caddy(caddyHere)] : [])]
