import { useEffect, useRef, useState, type RefObject } from 'react'

const hasFiles = ({ dataTransfer }: DragEvent) => dataTransfer?.types.includes('Files') ?? false

// Beside a conversation a file would be opened in place of the page, with what is being written there.
for (const type of ['dragover', 'drop'] as const)
  addEventListener(type, (event) => {
    const isTaken = event.defaultPrevented || (event.target instanceof HTMLInputElement && event.target.type === 'file')
    if (isTaken || !hasFiles(event)) return
    event.preventDefault()
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none'
  })

/**
 * Files that are dropped anywhere on the conversation, or pasted into it. A text that comes with a picture of itself, as from an
 * office program, is pasted as text.
 */
export function useIncoming(inside: RefObject<Element | null>, onFiles: (files: readonly File[]) => void) {
  const [main, setMain] = useState<HTMLElement | null>(null)
  const [over, setOver] = useState(false)
  const taken = useRef(onFiles)
  useEffect(() => {
    taken.current = onFiles
  })

  useEffect(() => {
    const area = inside.current?.closest<HTMLElement>('main, aside')
    if (!area) return
    setMain(area)
    function drag(event: DragEvent): void {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(true)
    }
    function leave(event: DragEvent): void {
      if (!(event.relatedTarget instanceof Node && area?.contains(event.relatedTarget))) setOver(false)
    }
    function drop(event: DragEvent): void {
      if (!hasFiles(event)) return
      event.preventDefault()
      setOver(false)
      taken.current([...(event.dataTransfer?.files ?? [])])
    }
    function paste(event: ClipboardEvent): void {
      const files = [...(event.clipboardData?.files ?? [])]
      if (files.length === 0 || event.clipboardData?.getData('text/plain')) return
      // What is described is described in words.
      if (event.target instanceof HTMLInputElement) return
      event.preventDefault()
      taken.current(files)
    }
    const stop = new AbortController()
    const { signal } = stop
    area.addEventListener('dragenter', drag, { signal })
    area.addEventListener('dragover', drag, { signal })
    area.addEventListener('dragleave', leave, { signal })
    area.addEventListener('drop', drop, { signal })
    area.addEventListener('paste', paste, { signal })
    return () => stop.abort()
  }, [inside])

  return { main, over }
}
