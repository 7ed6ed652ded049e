import { withoutCode } from '../../protocol/code.ts'
import { PREVIEW_URL } from '../../protocol/limits.ts'
import { addressOf, bareAddress } from '../../protocol/links.ts'
import type { Config } from '../config.ts'

/**
 * What is hidden; what stands between < and >, as whoever writes an address does that wants it left alone; a link with words; and
 * where an address may begin. Each sign is looked at a few times at most.
 */
const PARTS =
  /\|\|[^]*?\|\||<[^\s<>]*>|\[([^[\]\n]*)\]\([ \t]*<?([^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*)|(?<![\w.+-])(?:https?:\/\/|www\.)\S+/gi

/** Names that lead nowhere on the open internet. */
const INSIDE = /^(?:[^.]*|.*\.(?:local|localhost|internal|home|lan|test|onion|arpa))\.?$/
const NUMBERS = /^[\d.]+$|^\[/

/** The first address of the open internet that a text leads to, unless it is in code, hidden, or written to be left alone. */
export function linkOf(
  body: string,
  { LINK_PREVIEWS, ORIGIN }: Pick<Config, 'LINK_PREVIEWS' | 'ORIGIN'>,
): string | undefined {
  if (LINK_PREVIEWS === 'off' || !/:\/\/|www\./i.test(body)) return undefined
  for (const [part, label, target] of withoutCode(body).matchAll(PARTS)) {
    if (part.startsWith('|') || part.startsWith('<') || label?.includes('||')) continue
    const written = target ?? bareAddress(part)
    const url = written ? URL.parse(addressOf(written) ?? '') : null
    if (url && isElsewhere(url) && !ORIGIN.includes(url.origin)) return url.href
  }
  return undefined
}

const isElsewhere = ({ protocol, hostname, port, href }: URL): boolean =>
  protocol !== 'mailto:' &&
  port === '' &&
  href.length <= PREVIEW_URL &&
  !INSIDE.test(hostname) &&
  !NUMBERS.test(hostname)
