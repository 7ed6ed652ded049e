// Draws client/public/icon-*.png from the mark: phones and notifications take no SVG.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { launchOptions } from '../e2e/support/chromium.ts'

const folder = path.join(import.meta.dirname, '..', 'client', 'public')
const mark = readFileSync(path.join(folder, 'mark.svg'), 'utf8')
const browser = await chromium.launch(launchOptions)
for (const size of [192, 512]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } })
  // Phones cut icons into their own shapes: nothing of the mark reaches outside of the middle 80 %.
  await page.setContent(
    `<body style="margin:0;display:grid;place-items:center;height:100vh;background:#f0f2ec">
       <div style="width:64%">${mark}</div>
     </body>`,
  )
  await page.screenshot({ path: path.join(folder, `icon-${size}.png`) })
}
await browser.close()
