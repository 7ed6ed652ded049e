/** "Firefox on Windows": as far as a browser says who it is. */
export function deviceOf(agent: string): { browser: string; system: string } {
  const first = (known: [RegExp, string][]) => known.find(([sign]) => sign.test(agent))?.[1] ?? ''
  return {
    browser: first([
      [/Edg/, 'Edge'],
      [/OPR|Opera/, 'Opera'],
      [/Firefox|FxiOS/, 'Firefox'],
      [/Chrome|CriOS|Chromium/, 'Chrome'],
      [/Safari/, 'Safari'],
    ]),
    system: first([
      [/iPhone|iPad/, 'iOS'],
      [/Android/, 'Android'],
      [/Windows/, 'Windows'],
      [/Mac OS X|Macintosh/, 'macOS'],
      [/CrOS/, 'ChromeOS'],
      [/Linux/, 'Linux'],
    ]),
  }
}
