import { spawn, type ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { build, loadEnv, type Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

// The same setting that the server reads, wherever it is set; the server itself stands behind Vite, one port further.
const port = Number(loadEnv('development', import.meta.dirname, 'PORT')['PORT'] || 3000)
const apiPort = (port || 3000) + 1
/** Asked with the address that people see, so that the server knows its own pages by it: no changeOrigin. */
const api = { target: `http://127.0.0.1:${apiPort}` }

const isBelow = (folders: string[], file: string) =>
  folders.includes(path.relative(import.meta.dirname, file).split(path.sep)[0] ?? '')

/** `npm run dev`: runs the server beside Vite and restarts it whenever a file of server/ or protocol/ changes. */
function server(): Plugin {
  let child: ChildProcess | undefined
  let timer: NodeJS.Timeout | undefined
  // One step after the other: of two starts at once, one would never be ended, and keep the port and the data.
  let last = Promise.resolve()
  const next = (step: () => void | Promise<void>) => (last = last.then(step))

  function start(): void {
    child = spawn(process.execPath, ['server/main.ts'], {
      cwd: import.meta.dirname,
      // With the channel open the server knows that it is not alone, and ends when Vite does, however that ends.
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_ENV: 'development', HOST: '127.0.0.1', PORT: `${apiPort}`, ORIGIN: '' },
    })
  }
  async function stop(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill()
    await ended
  }

  return {
    name: 'natter-server',
    apply: (_, { command, mode, isPreview }) => command === 'serve' && mode === 'development' && !isPreview,
    configureServer(vite) {
      vite.watcher.on('all', (_, file) => {
        if (!isBelow(['server', 'protocol'], file) || !/^[^.]+\.ts$/.test(path.basename(file))) return
        clearTimeout(timer)
        timer = setTimeout(() => {
          vite.config.logger.info(`server restart ${path.relative(import.meta.dirname, file)}`, { timestamp: true })
          void next(stop)
          void next(start)
        }, 30)
      })
      // When Vite's own settings change, it makes a new Vite before it ends the old one. Only then does it listen.
      vite.httpServer?.once('listening', () => void next(start))
    },
    closeServer() {
      clearTimeout(timer)
      return next(stop)
    },
  }
}

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

export default defineConfig({
  // The compiler looks after what says 'use memo': the list and what feeds it. Everywhere it would be a third more of our code
  // in the first load (9.6 kB), to spare work that nobody notices.
  plugins: [react({ compiler: { compilationMode: 'annotation' } }), server(), preloadFont(), worker(), compress()],
  publicDir: 'client/public',
  build: { assetsInlineLimit: 0, target: 'es2023', modulePreload: false, cssCodeSplit: false },
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
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{server,protocol,scripts,client,e2e}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'dom',
          environment: 'jsdom',
          include: ['client/**/*.test.tsx'],
          setupFiles: ['client/testing/setup.ts'],
        },
      },
    ],
  },
})
