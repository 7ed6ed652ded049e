import { defineConfig } from '@playwright/test'
import usual from './playwright.config.ts'

/** The same tests, and what they start keeps everything in PostgreSQL. */
export default defineConfig({ ...usual, globalSetup: './support/postgres.ts' })
