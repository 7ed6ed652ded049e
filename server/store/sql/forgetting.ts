import type { Commit } from '../store.ts'

/** Before what failed is tried again. Milliseconds. */
const AGAIN = 5_000

/** Takes away what those reacted with who are gone, piece by piece: whoever writes goes on writing in between. */
export function createForgetting(forget: () => Promise<boolean>) {
  let timer: NodeJS.Timeout | undefined
  let working = false
  let wanted = false

  async function work(): Promise<void> {
    wanted = true
    if (working) return
    working = true
    try {
      while (wanted) wanted = await forget()
    } catch {
      timer = setTimeout(() => void work(), AGAIN).unref()
    }
    working = false
  }

  // Whoever was here before may have been ended in between.
  void work()
  return {
    committed({ people }: Commit): void {
      if (people?.people.some(({ gone }) => gone)) void work()
    },
    end: () => clearTimeout(timer),
  }
}
