import { useEffect, type RefObject } from 'react'
import { trusted } from '../ui/trustedTypes.ts'
import { applyEdit } from './applyEdit.ts'
import { codeBlock, isAddress, isInBlock, link, put, type Edit } from './edits.ts'
import { selectedIn } from './keys.ts'

/** Whatever is larger is pasted as the text that it is. */
const MOST = 500_000
const SET = 'a[href], strong, b, em, i, del, s, code, pre, ul, ol, blockquote, h1, h2, h3, h4, h5, h6, table'

// It becomes a document that is never shown: nothing in it runs, nothing is fetched for it, and it is only read.
const policy = trusted('natter-pasted', { createHTML: (html: string) => html })

/**
 * Pastes into the box what was meant: an address upon words as a link, code from an editor as a block, and what is set elsewhere
 * as it is set here. Whoever wants the bare text pastes without style (Ctrl Shift V).
 */
export function usePaste(area: RefObject<HTMLTextAreaElement | null>): void {
  useEffect(() => {
    const box = area.current
    if (!box) return
    function paste(event: ClipboardEvent): void {
      const { clipboardData } = event
      if (!box || !clipboardData || event.defaultPrevented) return
      const edit = editFor(box, clipboardData)
      if (!edit) return
      event.preventDefault()
      if (!('then' in edit)) return applyEdit(box, edit)
      // Where one writes by now. Elsewhere it has nothing to be put into.
      void edit.then((text) => {
        const { from, to } = selectedIn(box)
        if (box.isConnected) applyEdit(box, put(from, to, text))
      })
    }
    box.addEventListener('paste', paste)
    return () => box.removeEventListener('paste', paste)
  }, [area])
}

/** Null where the box pastes by itself. */
function editFor(box: HTMLTextAreaElement, data: DataTransfer): Edit | Promise<string> | null {
  const selected = selectedIn(box)
  const { text, from, to } = selected
  const plain = data.getData('text/plain')
  if (isInBlock(text, from)) return null
  if (from < to && isAddress(plain.trim()) && !isAddress(text.slice(from, to))) return link(selected, plain.trim())
  const html = data.getData('text/html')
  if (!html || html.length > MOST) return null
  const language = languageOf(data)
  if (language !== null) return plain.includes('\n') ? asBlock(selected, plain, language) : null
  const page = new DOMParser().parseFromString(policy.createHTML(html), 'text/html')
  if (isCode(page)) return plain.includes('\n') ? asBlock(selected, plain, '') : null
  if (!page.querySelector(SET)) return null
  return import('./pasted.ts').then(
    ({ markdownOf }) => markdownOf(page.body) || plain,
    // Without a network it is what it says.
    () => plain,
  )
}

/** Where the code of an editor begins and ends, one writes on behind it. */
function asBlock(
  { text, from, to }: { text: string; from: number; to: number },
  plain: string,
  language: string,
): Edit {
  const code = plain.replaceAll('\r\n', '\n')
  const whole = text.slice(0, from) + code + text.slice(to)
  const edit = codeBlock({ text: whole, from, to: from + code.length })
  return put(
    from,
    to,
    edit.text.replace(/^(\n?`+)\n/, (_, fence: string) => `${fence}${language}\n`),
  )
}

/** Visual Studio Code says in what language it is; null where nobody does. */
function languageOf(data: DataTransfer): string | null {
  const said = data.getData('vscode-editor-data')
  if (!said) return null
  try {
    const { mode } = JSON.parse(said) as { mode?: unknown }
    return typeof mode === 'string' && /^[\w+#-]{1,20}$/.test(mode) && mode !== 'plaintext' ? mode : ''
  } catch {
    return ''
  }
}

/** Editors copy their lines in one element that is set in their own face. */
function isCode({ body }: Document): boolean {
  const [first, second] = body.children
  return first instanceof HTMLElement && !second && /mono|consolas|courier/i.test(first.style.fontFamily)
}
