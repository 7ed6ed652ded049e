import type { Page } from '@playwright/test'

type Lab = {
  /** Two frames, so that whatever was asked for is drawn. */
  settle: () => Promise<void>
  /** The end of the conversation against the end of its box: 0 when the newest message is fully in sight. Pixels. */
  gap: () => number
  scrollTo: (top: number) => Promise<void>
  /** To so many screens below the top of what is loaded. */
  scrollUp: (screens: number) => Promise<void>
  /** Remembers a message that is in sight. */
  pick: () => void
  /** How far it has moved since. Pixels. */
  moved: () => number
  /** The picked message and its neighbours. */
  row: (offset: number) => HTMLElement
  last: () => number
  first: () => number
  count: () => number
  /** Scrolls up by `step` in every frame until message `seq` has come. Resolves to the worst that any frame showed. */
  watch: (seq: number, what: 'gap' | 'moved', step?: number) => Promise<number>
}
declare global {
  interface Window {
    lab: Lab
  }
}

/** Puts the means of measuring into a page that stands in a room. All movement is rounded to whole pixels. */
export async function openLab(page: Page): Promise<void> {
  await page.evaluate(() => {
    const box = document.querySelector<HTMLElement>('[role=region]')
    const content = box?.firstElementChild
    if (!box || !content) throw new Error('There is no list.')
    const rows = () => [...box.querySelectorAll<HTMLElement>('[data-seq]')]
    const frame = () =>
      new Promise<void>((resolve) =>
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel()
          port1.onmessage = () => resolve()
          port2.postMessage(0)
        }),
      )
    let picked: HTMLElement
    let was = 0
    const lab: Lab = {
      async settle() {
        await frame()
        await frame()
      },
      gap: () => Math.round(content.getBoundingClientRect().bottom - box.getBoundingClientRect().bottom) + 0,
      async scrollTo(top) {
        box.scrollTop = top
        await lab.settle()
      },
      pick() {
        const edge = box.getBoundingClientRect().top + 100
        picked = rows().find((row) => row.getBoundingClientRect().top >= edge) ?? picked
        was = picked.getBoundingClientRect().top
      },
      moved: () => (picked.isConnected ? Math.round(picked.getBoundingClientRect().top - was) + 0 : Infinity),
      row(offset) {
        const all = rows()
        return all[all.indexOf(picked) + offset] ?? picked
      },
      last: () => Number(rows().at(-1)?.dataset['seq']),
      first: () => Number(rows()[0]?.dataset['seq']),
      count: () => rows().length,
      scrollUp: (screens) => lab.scrollTo(box.clientHeight * (screens + 1) - box.scrollHeight),
      async watch(seq, what, step = 0) {
        let worst = 0
        let scrolled = 0
        // Between a change and the frame that shows it the page may be measured in a state that nobody sees. This observer
        // is younger than the list's own, so it is called when that one has done its work, just before the frame is shown.
        const observer = new ResizeObserver(() => {
          worst = Math.max(worst, Math.abs(what === 'gap' ? lab.gap() : lab.moved() - scrolled))
        })
        observer.observe(content)
        while (lab.last() < seq) {
          if (step) box.scrollTop -= step
          scrolled += step
          await frame()
        }
        await lab.settle()
        observer.disconnect()
        return worst
      },
    }
    window.lab = lab
  })
}
