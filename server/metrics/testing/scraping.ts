/** Each line of numbers by its name and labels, as a scraper reads it. Throws for what is no such line. */
export function numbersIn(text: string): Map<string, number> {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  return new Map(
    lines.map((line) => {
      const [, name, value = ''] = /^([a-z0-9_]+(?:\{.*\})?) (\S+)$/.exec(line) ?? []
      if (name === undefined) throw new Error(`This is no number: ${line}`)
      return [name, Number(value)]
    }),
  )
}

export const bearer = (token: string) => ({ Authorization: `Bearer ${token}` })

/** What somebody with this token reads at this address. */
export async function scrape(url: string, token: string) {
  const response = await fetch(`${url}/metrics`, { headers: bearer(token) })
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`)
  const text = await response.text()
  const numbers = numbersIn(text)
  return { text, numbers, of: (name: string) => numbers.get(`natter_${name}`), response }
}
