/** The style of a part that comes later comes with it: the one style sheet of the page is for what everybody sees first. */
export function adopt(css: string): void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  document.adoptedStyleSheets.push(sheet)
}
