import { existsSync } from 'node:fs'
import { chromium, type LaunchOptions } from '@playwright/test'
import { findSystemChromium } from '../../scripts/browsers.mjs'

/**
 * Drawn for every window by a process of its own, although nobody sees its address bar: without them a person costs half as much.
 * The switch replaces the one that Playwright gives, so what that turns off is here as well.
 */
const UNUSED = `
  SpareRendererForSitePerProcess WebUIOmniboxPopup WebUIOmniboxAimPopup WebUIOmniboxFullPopup
  AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose HttpsUpgrades HttpsFirstBalancedModeAutoEnable
  LensOverlay MediaRouter PaintHolding ThirdPartyStoragePartitioning AvoidCorsURLLoaderRestartOnRedirect
  TcpPortRandomizationWin OptimizationHints NetworkTimeServiceQuerying AimEnabled PreconnectToSearch`

const executablePath = existsSync(chromium.executablePath()) ? undefined : findSystemChromium()

/** How the tests start Chromium: Playwright's, or else the system's. */
export const launchOptions: LaunchOptions = {
  ...(executablePath !== undefined && { executablePath }),
  args: [`--disable-features=${UNUSED.trim().split(/\s+/).join(',')}`],
}
