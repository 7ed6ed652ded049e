const WEB = /^https?:\/\//i

/** A room of this place, or a message in it, as its address says; null for any other. */
export function roomAt(path: string): { roomId: string; seq: number | null } | null {
  const found = /^\/r\/([\w-]{1,32})(?:\/([1-9]\d{0,14}))?$/.exec(path)
  return found?.[1] === undefined ? null : { roomId: found[1], seq: found[2] === undefined ? null : Number(found[2]) }
}

/** Scripts that are written beside Latin ones every day, and look like none of it. */
const OTHER = /(?![\p{sc=Latin}\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\p{sc=Bopomofo}])\p{L}/u
const LATIN = /\p{sc=Latin}/u

/** An address as people may read it: a host that mixes scripts, so that it may look like another, stands as it is asked for. */
export function shownAs(written: string, href: string): string {
  const host = /^(?:https?:\/\/)?([^/?#:]*)/i.exec(written)?.[1] ?? ''
  if (!LATIN.test(host) || !OTHER.test(host)) return written
  return `${WEB.exec(written)?.[0] ?? ''}${new URL(href).hostname}${written.slice(written.indexOf(host) + host.length)}`
}
