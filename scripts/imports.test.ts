import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'

type Import = { from: string; to: string; isType: boolean }

const root = path.join(import.meta.dirname, '..')
const features =
  'messages|replies|pins|saved|rooms|people|profile|settings|place|invites|devices|accounts|sso|presence|typing|unread|forYou|search|push|tutorial|moderation|reports|reactions|polls|previews|blocks|audit|drafts|reminders|uploads|emoji|metrics'

/** What one file imports: other files by their path from the root, packages by their name. */
function importsOf(file: string, text: string): Import[] {
  const found = text.matchAll(/^(?:import|export)\s+(type\s)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gm)
  return [...found].map(([, type, to = '']) => ({
    from: file,
    to: to.startsWith('.') ? path.posix.join(path.posix.dirname(file), to) : to,
    isType: type !== undefined,
  }))
}

function all(): Import[] {
  return ['protocol', 'server', 'client', 'e2e'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => `${folder}/${name.replaceAll(path.sep, '/')}`)
      .flatMap((file) => importsOf(file, readFileSync(path.join(root, file), 'utf8'))),
  )
}

/** Somebody else's server, which Natter is compared with. */
const others = ['e2e/durability/tutorial-server.ts', 'e2e/load/peers']
/** What is written once for all databases, and what is about one of them. */
const stores = ['server/store/sql', 'server/store/sqlite', 'server/store/postgres']
const isTest = (file: string) => /\.test\.tsx?$|\/testing\//.test(file)
const inside = (file: string, ...folders: string[]) =>
  folders.some((folder) => file.startsWith(`${folder}/`) || file === folder)

/** Everything of the protocol but what is without it. */
const bringsZod = (to: string) =>
  to === 'zod' ||
  (inside(to, 'protocol') &&
    !['limits', 'errors', 'mentions', 'code', 'addresses', 'searched', 'links', 'choices'].some(
      (name) => to === `protocol/${name}.ts`,
    ))

/** Each rule with an import that breaks it: a checker that finds nothing anywhere would be no checker. */
const rules: Record<string, { breaks: (one: Import) => boolean; planted: Import }> = {
  'protocol/ imports zod and itself': {
    breaks: ({ from, to }) => inside(from, 'protocol') && !isTest(from) && to !== 'zod' && !inside(to, 'protocol'),
    planted: { from: 'protocol/rooms.ts', to: 'server/policy.ts', isType: false },
  },
  'client and server never import each other': {
    breaks: ({ from, to }) =>
      (inside(from, 'client') && inside(to, 'server')) || (inside(from, 'server') && inside(to, 'client')),
    planted: { from: 'client/App.tsx', to: 'server/app.ts', isType: true },
  },
  'the client takes only types of the protocol, and values without zod': {
    breaks: ({ from, to, isType }) =>
      inside(from, 'client') && !isType && !(isTest(from) && isTest(to)) && bringsZod(to),
    planted: { from: 'client/App.tsx', to: 'protocol/index.ts', isType: false },
  },
  'the threads of the database load no zod': {
    breaks: ({ from, to, isType }) => inside(from, ...stores) && !isTest(from) && !isType && bringsZod(to),
    planted: { from: 'server/store/sql/queries.ts', to: 'protocol/rooms.ts', isType: false },
  },
  'server features do not import one another': {
    breaks: ({ from, to, isType }) =>
      !isType &&
      new RegExp(`^server/(${features})\\.ts$`).test(from) &&
      new RegExp(`^server/(${features})\\.ts$`).test(to),
    planted: { from: 'server/messages.ts', to: 'server/rooms.ts', isType: false },
  },
  'socket.io is known in server/socket/ and app.ts': {
    breaks: ({ from, to }) =>
      /^socket\.io(-parser)?$/.test(to) && !inside(from, 'server/socket', 'server/app.ts', ...others),
    planted: { from: 'server/messages.ts', to: 'socket.io', isType: false },
  },
  'express is known in app.ts, web.ts, form.ts and features with routes': {
    breaks: ({ from, to }) =>
      to === 'express' &&
      !(
        [
          'app',
          'web',
          'form',
          'people',
          'profile',
          'emoji',
          'place',
          'invites',
          'devices',
          'accounts',
          'sso',
          'audit',
          'uploads',
          'metrics',
        ].some((name) => from === `server/${name}.ts`) || /^server\/uploads\/sending(\.test)?\.ts$/.test(from)
      ),
    planted: { from: 'server/rooms.ts', to: 'express', isType: false },
  },
  'prom-client, which takes long and much memory to load, is loaded where somebody wants it': {
    breaks: ({ from, to, isType }) =>
      (to === 'prom-client' && from !== 'server/metrics/registry.ts') ||
      (!isType && to === 'server/metrics/registry.ts'),
    planted: { from: 'server/metrics/open.ts', to: 'server/metrics/registry.ts', isType: false },
  },
  'Redis is known in one file, which is loaded where there is one': {
    breaks: ({ from, to, isType }) =>
      (to === 'redis' && inside(from, 'server') && from !== 'server/cluster/redis.ts' && !isTest(from)) ||
      (!isType && to === 'server/cluster/redis.ts' && !isTest(from)),
    planted: { from: 'server/app.ts', to: 'server/cluster/redis.ts', isType: false },
  },
  'SQL stays in its store, which only open.ts picks': {
    breaks: ({ from, to }) =>
      (to === 'node:sqlite' && !inside(from, 'server/store/sqlite/database.ts', ...others)) ||
      (inside(to, ...stores) && !inside(from, ...stores, 'server/store/open.ts') && !isTest(from)),
    planted: { from: 'server/rooms.ts', to: 'server/store/sqlite/index.ts', isType: false },
  },
  'what all databases have in common knows none of them': {
    breaks: ({ from, to }) =>
      inside(from, 'server/store/sql') && inside(to, 'server/store/sqlite', 'server/store/postgres'),
    planted: { from: 'server/store/sql/queries.ts', to: 'server/store/sqlite/database.ts', isType: true },
  },
  'what any store must do knows no store': {
    breaks: ({ from, to }) => inside(from, 'server/store/contract') && inside(to, ...stores),
    planted: { from: 'server/store/contract/rooms.ts', to: 'server/store/sqlite/index.ts', isType: true },
  },
  'e2e/ knows Natter only from outside': {
    // Its headless participants are the page's own connection: what is proven is what people use. What stands beside a server is no part of it.
    breaks: ({ from, to }) =>
      inside(from, 'e2e') &&
      inside(to, 'server', 'client') &&
      !['server/testing/services.ts', 'server/testing/execute.ts'].includes(to) &&
      !(inside(from, 'e2e/durability') && inside(to, 'client')),
    planted: { from: 'e2e/rooms.spec.ts', to: 'server/app.ts', isType: false },
  },
  'the client speaks to the server in client/socket/': {
    breaks: ({ from, to }) => inside(from, 'client') && to === 'socket.io-client' && !inside(from, 'client/socket'),
    planted: { from: 'client/App.tsx', to: 'socket.io-client', isType: false },
  },
  'client/ui/ knows nothing of chat': {
    breaks: ({ from, to }) => inside(from, 'client/ui') && inside(to, 'client') && !inside(to, 'client/ui'),
    planted: { from: 'client/ui/Button.tsx', to: 'client/rooms/useRooms.ts', isType: true },
  },
}

describe('who may import whom', () => {
  const imports = all()
  for (const [rule, { breaks, planted }] of Object.entries(rules)) {
    it(rule, () => {
      expect(breaks(planted), 'the checker sees a planted fault').toBe(true)
      expect(imports.filter(breaks)).toEqual([])
    })
  }

  it('only config.ts reads the environment', () => {
    const readers = readdirSync(path.join(root, 'server'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts') && !isTest(`server/${name}`))
      .filter((name) => readFileSync(path.join(root, 'server', name), 'utf8').includes('process.env'))
    expect(readers).toEqual(['config.ts'])
  })

  it('nothing imports itself in a circle', () => {
    const edges = Map.groupBy(
      imports.filter(({ isType }) => !isType),
      ({ from }) => from,
    )
    expect(circle(edges)).toEqual([])
    expect(
      circle(
        Map.groupBy(
          [
            { from: 'a', to: 'b' },
            { from: 'b', to: 'a' },
          ],
          ({ from }) => from,
        ),
      ),
    ).not.toEqual([])
  })
})

function circle(edges: Map<string, { to: string }[]>): string[] {
  const done = new Set<string>()
  const visit = (file: string, trail: string[]): string[] => {
    if (trail.includes(file)) return [...trail.slice(trail.indexOf(file)), file]
    if (done.has(file)) return []
    done.add(file)
    for (const { to } of edges.get(file) ?? []) {
      const found = visit(to, [...trail, file])
      if (found.length > 0) return found
    }
    return []
  }
  for (const file of edges.keys()) {
    const found = visit(file, [])
    if (found.length > 0) return found
  }
  return []
}
