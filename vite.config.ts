import { spawn, type ChildProcess } from 'node:child_process'
import { readFileSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import type { Plugin } from 'vite'
import { defineConfig } from 'vitest/config'

const port = Number(process.env['PORT'] || 3000)
const apiPort = port + 1
const api = `http://127.0.0.1:${apiPort}`

/** `npm run dev`: runs the server beside Vite and restarts it whenever a file of server/ or protocol/ changes. */
const server = (): Plugin => ({
  name: 'natter-server',
  apply: (_, { command, mode, isPreview }) => command === 'serve' && mode === 'development' && !isPreview,
  configureServer(vite) {
    let child: ChildProcess | undefined
    let timer: NodeJS.Timeout | undefined
    const start = () => {
      child = spawn(process.execPath, ['server/main.ts'], {
        stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
        env: {
          ORIGIN: `http://localhost:${port},http://127.0.0.1:${port}`,
          ...process.env,
          NODE_ENV: 'development',
          HOST: '127.0.0.1',
          PORT: `${apiPort}`,
        },
      })
    }
    const stop = (then?: () => void) => {
      if (!child || child.exitCode !== null || child.signalCode) return then?.()
      if (then) child.once('exit', then)
      child.kill()
    }
    vite.watcher.on('all', (_, file) => {
      if (!/[\\/](server|protocol)[\\/][^.]+\.ts$/.test(file)) return
      clearTimeout(timer)
      timer = setTimeout(() => stop(start), 30)
    })
    vite.httpServer?.once('close', () => stop())
    start()
  },
})

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

/** Compressed once, at build time, as small as it gets. */
const compress = (): Plugin => ({
  name: 'natter-compress',
  apply: 'build',
  closeBundle() {
    const dist = path.join(import.meta.dirname, 'dist')
    for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
      if (!/\.(js|css|html|svg)$/.test(file)) continue
      const whole = path.join(dist, file)
      const bytes = readFileSync(whole)
      if (bytes.length < 1024) continue
      writeFileSync(`${whole}.br`, brotliCompressSync(bytes))
      writeFileSync(`${whole}.gz`, gzipSync(bytes, { level: 9 }))
    }
  },
})

export default defineConfig({
  plugins: [react({ compiler: true }), server(), preloadFont(), compress()],
  publicDir: 'client/public',
  build: { assetsInlineLimit: 0, target: 'es2023', modulePreload: { polyfill: false } },
  server: {
    port,
    strictPort: true,
    proxy: {
      '/api': api,
      '/healthz': api,
      '/readyz': api,
      '/socket.io': { target: api, ws: true },
    },
    watch: { ignored: ['**/data/**', '**/test-results/**', '**/playwright-report/**', '**/coverage/**'] },
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'server',
          environment: 'node',
          include: ['{server,protocol,scripts}/**/*.test.ts'],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'client',
          environment: 'jsdom',
          include: ['client/**/*.test.{ts,tsx}'],
          setupFiles: ['client/testing/setup.ts'],
        },
      },
    ],
  },
})
