// What `npm start` and `npm test` begin with: packages and a built client, if they are missing or older than their sources.
// With --test also a browser, PostgreSQL, Redis and nginx. Plain JavaScript, because it runs before anything is installed.
import { execSync } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import path from 'node:path'

const run = (command) => {
  console.log(`> ${command}`)
  execSync(command, { stdio: 'inherit' })
}
const attempt = (command) => {
  try {
    run(command)
    return true
  } catch {
    return false
  }
}
const time = (file) => (existsSync(file) ? statSync(file).mtimeMs : 0)
const newest = (file) =>
  statSync(file).isDirectory()
    ? Math.max(0, ...readdirSync(file).map((name) => newest(path.join(file, name))))
    : time(file)
const onPath = (name) => process.env.PATH.split(path.delimiter).some((dir) => existsSync(path.join(dir, name)))

if (time('node_modules/.package-lock.json') < time('package-lock.json')) {
  run('npm ci --no-audit --no-fund --loglevel=error')
}
const sources = ['client', 'protocol', 'index.html', 'vite.config.ts', 'package-lock.json']
if (time('dist/index.html') < Math.max(...sources.map(newest))) run('npm run --silent build')

if (process.argv.includes('--test')) {
  const { chromium } = await import('@playwright/test')
  const { findSystemChromium } = await import('./browsers.mjs')
  const { findNginx, findPostgres, findRedis } = await import('./services.mjs')
  const hasBrowser = () => existsSync(chromium.executablePath()) || findSystemChromium() !== undefined
  const needed = [
    {
      has: hasBrowser,
      packages: 'chromium fonts-liberation fonts-noto-color-emoji',
      sentence: 'The tests need Chromium, and it could not be installed. Install it, or set CHROMIUM_PATH.',
    },
    {
      has: () => findPostgres() !== undefined,
      packages: 'postgresql',
      sentence:
        'The tests start a PostgreSQL of their own, and none could be installed: install PostgreSQL 15 or newer.',
    },
    {
      has: () => findRedis() !== undefined,
      packages: 'redis-server',
      sentence:
        'The tests start a Redis of their own, and none could be installed: install Redis 7 or newer, or Valkey.',
    },
    {
      has: () => findNginx() !== undefined,
      packages: 'nginx-light',
      sentence: 'The tests put an nginx before Natter, and none could be installed: install nginx.',
    },
  ]
  const missing = () => needed.filter(({ has }) => !has())
  if (!hasBrowser()) attempt('npx playwright install chromium')
  if (missing().length > 0 && process.getuid?.() === 0 && onPath('apt-get')) {
    process.env.DEBIAN_FRONTEND = 'noninteractive'
    if (attempt('apt-get update -qq')) {
      const packages = missing().map((one) => one.packages)
      attempt(`apt-get install -qq -y --no-install-recommends ${packages.join(' ')}`)
    }
  }
  for (const { sentence } of missing()) console.error(`\n${sentence}`)
  if (missing().length > 0) process.exit(1)
}
