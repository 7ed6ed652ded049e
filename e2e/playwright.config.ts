import { existsSync } from 'node:fs'
import { chromium, defineConfig } from '@playwright/test'
import { findSystemChromium } from '../scripts/browsers.mjs'

const executablePath = existsSync(chromium.executablePath()) ? undefined : findSystemChromium()

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../test-results',
  workers: 1,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  forbidOnly: true,
  reporter: 'list',
  use: {
    viewport: { width: 1440, height: 900 },
    launchOptions: executablePath === undefined ? {} : { executablePath },
  },
})
