type Pressed = { key: string; ctrlKey: boolean; metaKey: boolean }

/** Where a key leads in the grid and between it and the field above; null for a key that leads nowhere. */
export function step(box: Element, from: Element, { key, ctrlKey, metaKey }: Pressed): HTMLElement | null {
  const rows = [...box.querySelectorAll('[role=row]')].map((row) => [...row.querySelectorAll<HTMLElement>('button')])
  if (!from.matches('[role=gridcell]')) return key === 'ArrowDown' ? (rows[0]?.[0] ?? null) : null
  const y = rows.findIndex((row) => row.includes(from as HTMLElement))
  const x = rows[y]?.indexOf(from as HTMLElement) ?? 0
  const all = rows.flat()
  const at = all.indexOf(from as HTMLElement)
  const below = (row: HTMLElement[] | undefined) => row?.[Math.min(x, row.length - 1)] ?? null
  if (key === 'ArrowRight') return all[at + 1] ?? null
  if (key === 'ArrowLeft') return all[at - 1] ?? null
  if (key === 'ArrowDown') return below(rows[y + 1])
  if (key === 'ArrowUp') return y > 0 ? below(rows[y - 1]) : box.querySelector('input')
  const line = ctrlKey || metaKey ? all : rows[y]
  if (key === 'Home') return line?.[0] ?? null
  return key === 'End' ? (line?.at(-1) ?? null) : null
}
