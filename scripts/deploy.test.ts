import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import path from 'node:path'
import { expect, it } from 'vitest'
import { natterCommand } from '../e2e/support/run.ts'

const root = path.join(import.meta.dirname, '..')
const read = (file: string) => readFileSync(path.join(root, file), 'utf8')
const dockerfile = read('deploy/Dockerfile')
const unit = read('deploy/natter.service')

/** What one stage copies from the clone: files and folders, by their path from its root. */
const copied = (stage: string): string[] =>
  [...stage.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) => sources.split(' '))
const stages = dockerfile.split(/^(?=FROM )/m).slice(1)

const ignore = read('deploy/Dockerfile.dockerignore')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'))
const letIn = ignore.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
const keptOut = ignore.filter((line) => !line.startsWith('!') && line !== '*')
const isKeptOut = (file: string) =>
  keptOut.some((pattern) => path.matchesGlob(file, pattern) || path.matchesGlob(file, `${pattern}/**`))

/** Every file of these that is let into the build: no tests, and nothing that only they use. */
function filesOf(sources: readonly string[]): string[] {
  const all = sources.flatMap((source) =>
    /\.\w+$/.test(source)
      ? [source]
      : readdirSync(path.join(root, source), { recursive: true, encoding: 'utf8' }).map((name) =>
          path.posix.join(source, name.replaceAll(path.sep, '/')),
        ),
  )
  return all.filter((file) => /\.\w+$/.test(file) && !isKeptOut(file))
}

/** What a file needs when it runs: also what it loads later, and what it starts beside itself. */
function neededBy(file: string): string[] {
  const text = read(file)
  const imports = [...text.matchAll(/(?:^(?:import|export)\s(?!type\s)(?:[^'";]*?\sfrom\s+)?|\bimport\()'([^']+)'/gm)]
  const beside = [...text.matchAll(/new URL\('(\.\.?\/[^']+\.ts)'|import\.meta\.dirname, '([^']+\.ts)'\)/g)]
  return [...imports.map(([, to = '']) => to), ...beside.map(([, url, name]) => url ?? `./${name}`)]
}

it('copies into its image what there is, and asks for nothing that is kept out of the build', () => {
  const sources = stages.flatMap(copied)
  expect(sources.length).toBeGreaterThan(15)
  expect(sources.filter((source) => !existsSync(path.join(root, source)))).toEqual([])
  expect(ignore[0]).toBe('*')
  expect(letIn.filter((source) => !existsSync(path.join(root, source)))).toEqual([])
  expect(sources.filter((source) => !letIn.some((one) => source === one || source.startsWith(`${one}/`)))).toEqual([])
})

it('has in its image every file and every package that the server and its commands need', () => {
  const files = filesOf(copied(stages.at(-1) ?? ''))
  const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
  const isThere = (from: string, to: string) => {
    if (to.startsWith('.')) return files.includes(path.posix.join(path.posix.dirname(from), to))
    const [scope = '', name] = to.split('/')
    const known = scope.startsWith('@') ? `${scope}/${name}` : scope
    return to.startsWith('node:') ? builtinModules.includes(to.slice(5)) || to === 'node:sqlite' : known in dependencies
  }
  const needed = files
    .filter((file) => /\.m?[jt]s$/.test(file))
    .flatMap((from) => neededBy(from).map((to) => ({ from, to })))
  expect(needed.length).toBeGreaterThan(500)
  expect(needed.filter(({ to }) => to.endsWith('/writer.ts'))).not.toEqual([])
  expect(needed.filter(({ from, to }) => !isThere(from, to))).toEqual([])
})

it('runs as nobody in particular, from files that it cannot change, without npm between it and its end', () => {
  const last = stages.at(-1) ?? ''
  expect([...last.matchAll(/^USER (\w+)$/gm)].at(-1)?.[1]).toBe('node')
  expect(dockerfile.match(/npm ci/g)).toHaveLength(dockerfile.match(/npm ci .*--ignore-scripts/g)?.length ?? 0)
  const compose = read('deploy/compose.yaml')
  for (const line of [/^ {4}read_only: true$/m, /^ {6}- ALL$/m, /no-new-privileges:true/, /'127\.0\.0\.1:3000:3000'/])
    expect(compose).toMatch(line)
  for (const line of ['DynamicUser=yes', 'ProtectSystem=strict', 'NoNewPrivileges=yes', 'TimeoutStopSec=10'])
    expect(unit).toContain(`\n${line}\n`)
})

it('starts by each way as npm start does', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } }
  expect(existsSync(path.join(root, scripts.start.split(' ').at(-1) ?? ''))).toBe(true)
  expect(/^ExecStart=\/usr\/bin\/env (.+)$/m.exec(unit)?.[1]).toBe(scripts.start)
  expect(/^CMD (.+)$/m.exec(stages.at(-1) ?? '')?.[1]).toBe(
    JSON.stringify(scripts.start.split(' ')).replaceAll(',', ', '),
  )
  expect(natterCommand.slice(1)).toEqual(scripts.start.split(' ').slice(1))
})

it('is configured only by what the README names', () => {
  const known = [...read('README.md').matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name]) => name)
  const files = [
    'Dockerfile',
    'compose.yaml',
    'compose.scale.yaml',
    'Caddyfile',
    'nginx.conf',
    'natter.service',
    'README.md',
  ]
  const places = files.map((file) => read(`deploy/${file}`))
  const set = places.flatMap((text) =>
    [...text.matchAll(/\b([A-Z]{2,}(?:_[A-Z]+)*)(?:=|: )(?!\$)/g)].map(([, name]) => name),
  )
  // Of the build, of commands, and of what stands beside Natter.
  const others = /^(NODE|NODE_ENV|NODE_COMPILE_CACHE|NAME|PATH|CMD|SITE|NODES|POSTGRES_.*)$/
  const ours = new Set(set.filter((name = '') => !others.test(name)))
  expect([...ours]).toEqual(expect.arrayContaining(['DATABASE_URL', 'DATA_DIR', 'HOST', 'ORIGIN', 'PORT', 'REDIS_URL']))
  expect([...ours].filter((name) => !known.includes(name))).toEqual([])
})

it('has two nodes that differ in nothing, share what they need, and are reached by way of Caddy alone', () => {
  const compose = read('deploy/compose.scale.yaml')
  const services = compose.slice(compose.indexOf('\nservices:\n'), compose.indexOf('\nnetworks:\n'))
  const nodes = [...services.matchAll(/^ {2}(\S+): \*natter$/gm)].map(([, name]) => name)
  expect(nodes).toEqual(['natter-1', 'natter-2'])
  expect(services).toContain(`      NODES: ${nodes.map((name) => `${name}:3000`).join(' ')}\n`)
  const asked = [...services.matchAll(/^ {2}([\w-]+):(?= \*natter)?/gm)].map(([, name]) => name)
  expect(asked).toEqual(['natter-1', 'natter-2', 'postgres', 'redis', 'caddy'])
  for (const name of ['postgres', 'redis'])
    expect(compose).toContain(`    ${name}:\n      condition: service_healthy\n`)
  for (const line of [/^ {2}read_only: true$/m, /^ {4}- ALL$/m, /no-new-privileges:true/, /^ {4}- files:\/data$/m])
    expect(compose).toMatch(line)
  // Whoever publishes a port is reached from outside.
  expect(services.split(/^(?= {2}[\w-]+:)/m).filter((one) => one.includes(' ports:'))).toEqual([
    expect.stringMatching(/^ {2}caddy:/),
  ])
  const volumes = [...compose.slice(compose.indexOf('\nvolumes:\n')).matchAll(/^ {2}(\w+):$/gm)].map(([, name]) => name)
  const used = [...compose.matchAll(/^ +- (\w+):\//gm)].map(([, name]) => name)
  expect(new Set(used)).toEqual(new Set(volumes))
  for (const name of ['SITE', 'NODES']) expect(read('deploy/Caddyfile')).toContain(`{$${name}:`)
})
