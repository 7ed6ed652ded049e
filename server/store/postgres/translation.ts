const known = new Map<string, string>()

/**
 * The statements of store/sql/ are written for SQLite as well, whose parameters are `?`, or `?1`, and which is told by which index
 * to go, or which table to begin with, where it would go another way.
 */
export function translate(sql: string): string {
  const before = known.get(sql)
  if (before !== undefined) return before
  let count = 0
  const translated = sql
    .replace(/ INDEXED BY \w+/g, '')
    .replace(/CROSS JOIN (\w+ \w+ ON)/g, 'JOIN $1')
    .replace(/'[^']*'|\?(\d*)/g, (part, number?: string) => {
      if (part.startsWith("'")) return part
      const own = number ? Number(number) : count + 1
      count = Math.max(count, own)
      return `$${own}`
    })
  known.set(sql, translated)
  return translated
}
