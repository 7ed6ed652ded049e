import { useEffect, useRef } from 'react'
import { change, type Item } from './items.ts'

/** What a picture looks like before any server has seen it. It is drawn: no address leads from the page to a file. */
export function Preview({ item: { local, bytes }, side }: { item: Item; side: number }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    let shown = true
    async function draw(): Promise<void> {
      const picture = await createImageBitmap(bytes)
      const target = canvas.current
      if (shown && target) {
        const scale = Math.min(1, side / Math.max(picture.width, picture.height))
        target.width = Math.max(1, Math.round(picture.width * scale))
        target.height = Math.max(1, Math.round(picture.height * scale))
        target.getContext('2d')?.drawImage(picture, 0, 0, target.width, target.height)
      }
      picture.close()
    }
    // A picture that this browser cannot draw is a file like any other.
    draw().catch(() => change(local, { isPlain: true }))
    return () => {
      shown = false
    }
  }, [local, bytes, side])
  return <canvas ref={canvas} width={1} height={1} aria-hidden="true" />
}
