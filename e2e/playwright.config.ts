import { defineConfig } from '@playwright/test'
import { launchOptions } from './support/chromium.ts'

/** Files that measure time or keep the machine busy by themselves: `npm test` runs the others two at a time, then these. */
const alone = /(durability|hostile|scrolling|typing|healing)\.spec\.ts$/

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  workers: 1,
  projects: [
    { name: 'together', testIgnore: alone },
    { name: 'alone', testMatch: alone },
  ],
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    // It copies the whole page into every new browser: only what is about it lets it.
    serviceWorkers: 'block',
    launchOptions,
  },
})
