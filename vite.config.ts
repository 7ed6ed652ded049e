import { createHash } from 'node:crypto'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import keywords from 'emojilib/dist/emoji-en-US.json' with { type: 'json' }
import groups from 'unicode-emoji-json/data-by-group.json' with { type: 'json' }
import { build, loadEnv, type Plugin } from 'vite'
import { configDefaults, defineConfig } from 'vitest/config'
import { isBelow, server } from './scripts/serverBesideVite.ts'

// The same setting that the server reads, wherever it is set; the server itself stands behind Vite, one port further.
const port = Number(loadEnv('development', import.meta.dirname, 'PORT')['PORT'] || 3000)
const apiPort = (port || 3000) + 1
/** Asked with the address that people see, so that the server knows its own pages by it: no changeOrigin. */
const api = { target: `http://127.0.0.1:${apiPort}` }

/** The face that the first words are set in is asked for with the page, not when the style sheet has arrived. */
const preloadFont = (): Plugin => ({
  name: 'natter-preload-font',
  apply: 'build',
  transformIndexHtml: {
    order: 'post',
    handler: (_, { bundle }) =>
      Object.keys(bundle ?? {})
        .filter((file) => /latin-wght-normal.*\.woff2$/.test(file))
        .map((file) => ({
          tag: 'link',
          attrs: { rel: 'preload', as: 'font', type: 'font/woff2', href: `/${file}`, crossorigin: true },
          injectTo: 'head' as const,
        })),
  },
})

const dist = path.join(import.meta.dirname, 'dist')

const hashOf = (bytes: Buffer) => createHash('sha256').update(bytes).digest('base64url').slice(0, 12)

/** The service worker, with the list of all that was built: what the page needs where there is no network. */
const worker = (): Plugin => ({
  name: 'natter-worker',
  apply: 'build',
  closeBundle: {
    sequential: true,
    async handler() {
      const files = readdirSync(dist, { recursive: true, withFileTypes: true })
        .filter((file) => file.isFile())
        .map((file) => path.join(file.parentPath, file.name))
        .map((file) => ({
          url: `/${path.relative(dist, file).split(path.sep).join('/')}`,
          // What has a hash in its name never changes.
          revision: file.startsWith(path.join(dist, 'assets')) ? null : hashOf(readFileSync(file)),
        }))
      await build({
        configFile: false,
        publicDir: false,
        logLevel: 'warn',
        define: { FILES: JSON.stringify(files), 'process.env.NODE_ENV': '"production"' },
        build: {
          outDir: dist,
          emptyOutDir: false,
          rolldownOptions: { input: 'client/sw.ts', output: { format: 'iife', entryFileNames: 'sw.js' } },
        },
      })
    },
  },
})

/** What a first load would bring and nobody uses, 3 kB of it, by the end of its file's name. */
const UNUSED: Readonly<Record<string, string>> = {
  // The server speaks WebSocket and long polling.
  '/engine.io-client/build/esm/transports/webtransport.js': 'export class WT {}',
  // Nothing binary goes over the connection.
  '/socket.io-parser/build/esm/is-binary.js': 'export const isBinary = () => false, hasBinary = isBinary',
  '/socket.io-parser/build/esm/binary.js':
    'export const reconstructPacket = (packet) => packet, deconstructPacket = (packet) => ({ packet, buffers: [] })',
  '/engine.io-parser/build/esm/encodePacket.browser.js': `import { PACKET_TYPES } from './commons.js'
    export const encodePacket = ({ type, data }, _, send) => send(PACKET_TYPES[type] + (data || ''))
    export const encodePacketToBinary = () => {}`,
  '/engine.io-parser/build/esm/decodePacket.browser.js': `import { ERROR_PACKET, PACKET_TYPES_REVERSE } from './commons.js'
    export const decodePacket = (text) => {
      const type = PACKET_TYPES_REVERSE[text[0]]
      return type ? { type, data: text.slice(1) } : ERROR_PACKET
    }`,
  // Browsers take addresses apart themselves by now, and ours is without a path or a query.
  '/engine.io-client/build/esm/contrib/parseuri.js': `export const parse = (source) => {
      const { protocol, hostname, port } = new URL(source)
      return { source, protocol: protocol.slice(0, -1), host: hostname.replace(/^\\[|]$/g, ''), port }
    }`,
  // No part has a style sheet of its own to wait for, nor a list of what it needs.
  'vite/preload-helper.js': 'export const __vitePreload = (load) => load()',
}

const leaveOut = (): Plugin => ({
  name: 'natter-leave-out',
  apply: 'build',
  enforce: 'pre',
  load: (id) => Object.entries(UNUSED).find(([file]) => id.endsWith(file))?.[1] ?? null,
})

/** Newer ones are empty boxes on many devices still. */
const EMOJI_VERSION = 16
/** Of what somebody may look for beside its name, so much. */
const KEYWORDS = 6

/** `virtual:emoji`: of each emoji what its picker needs, and nothing else. See client/emoji/virtual.d.ts. */
const emoji = (): Plugin => ({
  name: 'natter-emoji',
  resolveId: (id) => (id === 'virtual:emoji' ? `\0${id}` : null),
  load(id) {
    if (id !== '\0virtual:emoji') return null
    const known = keywords as Record<string, string[]>
    const wordsOf = (sign: string, name: string) =>
      (known[sign] ?? []).map((word) => word.replaceAll('_', ' ')).filter((word) => !name.includes(word))
    const all = groups.map(({ name, emojis }) => [
      name.replace('&', 'and'),
      emojis
        .filter(({ emoji_version: version }) => Number(version) <= EMOJI_VERSION)
        .map((one) => [
          one.emoji,
          one.name,
          wordsOf(one.emoji, one.name).slice(0, KEYWORDS).join(' '),
          Math.floor(Number(one.emoji_version)),
        ]),
    ])
    return `export default JSON.parse(${JSON.stringify(JSON.stringify(all))})`
  },
})

/** Compressed once, at build time, as small as it gets. */
const compress = (): Plugin => ({
  name: 'natter-compress',
  apply: 'build',
  closeBundle: {
    sequential: true,
    order: 'post',
    handler() {
      for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
        if (!/\.(js|css|html|svg)$/.test(file)) continue
        const whole = path.join(dist, file)
        const bytes = readFileSync(whole)
        if (bytes.length < 1024) continue
        writeFileSync(`${whole}.br`, brotliCompressSync(bytes))
        writeFileSync(`${whole}.gz`, gzipSync(bytes, { level: 9 }))
      }
    },
  },
})

/** Tests of the server that say most of what is stored. */
const STORED = 'invites,messages,moderation,polls,rooms,search,unread'

/** Tests that need a PostgreSQL, and no kill of it: one is there for all of them. */
const onPostgres = (name: string, include: string[]) => ({
  extends: true as const,
  test: {
    name,
    environment: 'node' as const,
    isolate: false,
    env: { NODE_COMPILE_CACHE: path.join(tmpdir(), 'natter-compiled') },
    include,
    globalSetup: ['server/testing/onePostgres.ts'],
    // Each statement goes to another process and back.
    testTimeout: 40_000,
    hookTimeout: 20_000,
  },
})

export default defineConfig({
  // The compiler looks after what says 'use memo': the list and what feeds it. Everywhere it would be a third more of our code
  // in the first load (9.6 kB), to spare work that nobody notices.
  plugins: [
    react({ compiler: { compilationMode: 'annotation' } }),
    server(apiPort),
    emoji(),
    leaveOut(),
    preloadFont(),
    worker(),
    compress(),
  ],
  // React has had it for years: what stood in for it is not needed.
  resolve: { alias: { 'use-sync-external-store/shim/index.js': 'react' } },
  publicDir: 'client/public',
  build: {
    // All that the page begins with in one file, also what a later part shares.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: 'index', tags: ['$initial'] }] } } },
    assetsInlineLimit: 0,
    target: 'es2023',
    cssCodeSplit: false,
    // What the first script needs is asked for with the page; what comes later comes whole.
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_, files, { hostType }) => (hostType === 'html' ? files : []),
    },
  },
  server: {
    port,
    strictPort: true,
    proxy: {
      '/api': api,
      '/healthz': api,
      '/readyz': api,
      '/socket.io': { ...api, ws: true },
    },
    watch: { ignored: (file) => isBelow(['data', 'playwright-report', 'coverage'], file) },
  },
  test: {
    // Some tests wait for a clock: one worker more than there are cores keeps these busy.
    maxWorkers: availableParallelism() + 1,
    expect: { poll: { timeout: 15_000 } },
    setupFiles: ['scripts/patience.ts'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          // Nothing is mocked there, and a process for every file costs more than what is tested in it.
          isolate: false,
          // Most tests start a server with threads of its own, in half the time when they need not be compiled again.
          env: { NODE_COMPILE_CACHE: path.join(tmpdir(), 'natter-compiled') },
          include: ['{server,protocol,scripts,client,e2e}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, '**/*.pg.test.ts'],
          testTimeout: 20_000,
        },
      },
      // With every change the promises of a store, and what nodes do together; everything else of the server by its own name.
      onPostgres('postgres', ['server/**/*.pg.test.ts', `server/{${STORED}}.test.ts`]),
      onPostgres('everything-on-postgres', [
        'server/**/*.pg.test.ts',
        'server/*.test.ts',
        'server/**/nodes.test.ts',
        'server/presence/*.test.ts',
      ]),
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          // Each file in a page of its own, at half the cost of a thread of its own.
          pool: 'vmThreads',
          include: ['client/**/*.test.tsx'],
          setupFiles: ['client/testing/setup.ts'],
          testTimeout: 20_000,
        },
      },
    ],
  },
})
