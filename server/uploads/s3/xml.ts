/** What an S3 store says in XML: no attributes that matter, and names that mean one thing wherever they stand. */

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const plain = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{2,4}));/gi, (all, decimal, hex, name) => {
    if (name) return ENTITIES[name] ?? all
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })

/** What stands in each element of this name, as it is written. */
export const partsOf = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^]*?)</${name}>`, 'g'))].map(([, part = '']) => part)

/** The text of the first element of this name; null if there is none. */
export function textOf(xml: string, name: string): string | null {
  const [first] = partsOf(xml, name)
  return first === undefined ? null : plain(first)
}
