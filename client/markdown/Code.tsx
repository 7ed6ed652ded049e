import { useEffect, useLayoutEffect, useRef, useState, type ReactNode } from 'react'
import { Button } from '../ui/Button.tsx'
import { more } from '../ui/moreWords.ts'

/** A block of code. Its colours come when it is looked at, and change nothing else. */
export function Code({ language, text }: { language: string; text: string }) {
  const block = useRef<HTMLPreElement>(null)
  const [coloured, setColoured] = useState<ReactNode>(null)
  const [scrolls, setScrolls] = useState(false)
  const [copied, setCopied] = useState(false)

  useEffect(() => {
    if (!block.current || !language) return
    let gone = false
    const observer = new IntersectionObserver(([entry]) => {
      if (!entry?.isIntersecting) return
      observer.disconnect()
      void import('./highlight.tsx').then(
        ({ highlight }) => !gone && setColoured(highlight(language, text)),
        // Without a network it stays without colours.
        () => {},
      )
    })
    observer.observe(block.current)
    return () => {
      gone = true
      observer.disconnect()
    }
  }, [language, text])

  // Only what scrolls is worth a stop of the Tab key.
  useLayoutEffect(() => {
    const { scrollWidth, clientWidth } = block.current ?? { scrollWidth: 0, clientWidth: 0 }
    setScrolls(scrollWidth > clientWidth)
  }, [text])

  async function copy(): Promise<void> {
    await navigator.clipboard.writeText(text)
    setCopied(true)
  }

  return (
    <div className="code">
      <div className="head">
        <span>{language}</span>
        {navigator.clipboard && (
          <Button onClick={() => void copy()} onBlur={() => setCopied(false)} aria-label={more.copyCode}>
            {copied ? more.copied : more.copy}
          </Button>
        )}
        <span className="unseen" role="status">
          {copied && more.copied}
        </span>
      </div>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- So that keys scroll it. */}
      <pre ref={block} dir="ltr" role="group" aria-label={more.codeIn(language)} tabIndex={scrolls ? 0 : undefined}>
        <code>{coloured ?? text}</code>
      </pre>
    </div>
  )
}
