/** The clipboard exists only on https and localhost; elsewhere what is selected can be copied. */
export function copyText(part: Element): void {
  const body = part.closest('.message')?.querySelector('.body > .text')
  if (!body) return
  if (navigator.clipboard) return void navigator.clipboard.writeText(textOf(body))
  getSelection()?.selectAllChildren(body)
  document.execCommand('copy')
}

/** What is to be read in it, each block on its own line: no mark, no button, and nothing that is still hidden. */
export function textOf(part: Node): string {
  const copy = document.createElement('div')
  copy.append(part.cloneNode(true))
  for (const other of copy.querySelectorAll('small, .head, button')) other.remove()
  for (const picture of copy.querySelectorAll('img')) picture.replaceWith(picture.alt)
  for (const block of copy.querySelectorAll('p, pre, tr, h3, h4, h5')) block.after('\n')
  return copy.textContent.trimEnd()
}
