import { useState } from 'react'

/** What is chosen elsewhere: what was chosen here is shown until that is done, or is not. */
export function useChosen<T>(value: T, onChange: (value: T) => void | Promise<unknown>) {
  const [chosen, setChosen] = useState<{ value: T } | null>(null)
  async function choose(next: T): Promise<void> {
    const mine = { value: next }
    setChosen(mine)
    await onChange(next)
    setChosen((newest) => (newest === mine ? null : newest))
  }
  return { shown: chosen ? chosen.value : value, choose: (next: T) => void choose(next) }
}
