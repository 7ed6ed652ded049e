import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { chromium, type BrowserContext, type LaunchOptions } from '@playwright/test'

/** A browser with a profile of its own on the disk, as people have it: what it keeps outlives its process. */
export type Browser = {
  context: BrowserContext
  /** Whether localStorage has this text on the disk, and not only in the browser's memory: it takes seconds. */
  hasWritten: (text: string) => boolean
  /** Ends the whole browser at once, as a power cut does for it, and waits until it is gone. */
  kill: () => Promise<void>
  /** Starts it again on the same profile. */
  start: () => Promise<BrowserContext>
  /** Ends it and removes its profile. */
  stop: () => Promise<void>
}

export async function startBrowser(options: LaunchOptions = {}): Promise<Browser> {
  const profile = await mkdtemp(path.join(tmpdir(), 'natter-profile-'))
  const launch = () => chromium.launchPersistentContext(profile, { ...options, viewport: { width: 1440, height: 900 } })
  const browser: Browser = {
    context: await launch(),
    hasWritten(text) {
      const folder = path.join(profile, 'Default', 'Local Storage', 'leveldb')
      return readdirSync(folder)
        .filter((file) => file.endsWith('.log'))
        .some((file) => readFileSync(path.join(folder, file)).includes(text))
    },
    async kill() {
      const closed = new Promise((resolve) => browser.context.once('close', resolve))
      // Its helpers end with it.
      process.kill(mainProcessOf(profile), 'SIGKILL')
      await closed
    },
    async start() {
      browser.context = await launch()
      return browser.context
    },
    async stop() {
      await browser.context.close()
      await rm(profile, { recursive: true, force: true, maxRetries: 5 })
    },
  }
  return browser
}

function mainProcessOf(profile: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
      if (line.includes(`--user-data-dir=${profile}`) && !line.includes('--type=')) return Number(pid)
    } catch {
      // It has ended meanwhile.
    }
  }
  throw new Error('There is no such browser.')
}
