/** Addresses in a message's text. This file has no zod: the client runs it as well, and not in its first load. */
const SCHEME = /^(?:https?:\/\/|mailto:)/i
/** What nobody types in an address, and browsers drop from it or take for something else. */
const HIDDEN = /[\s\p{Cc}\p{Cf}\\]/u

/** Where a link leads, or null for what is no link: only the web and mail, no name and password, nothing relative. */
export function addressOf(written: string): string | null {
  const text = /^www\./i.test(written) ? `https://${written}` : written
  if (!SCHEME.test(text) || HIDDEN.test(text) || !URL.canParse(text)) return null
  const { protocol, username, password, href } = new URL(text)
  return /^(?:https?|mailto):$/.test(protocol) && !username && !password ? href : null
}

/** Longer ones are text. */
const LONGEST = 2_048
const BARE = /^(?:https?:\/\/|www\.[^\s<>|`"[\].]+\.)[^\s<>|`"[\]]+/i
const MAIL = /^[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/

/** The address that a text begins with, without what ends its sentence. */
export function bareAddress(text: string): string | null {
  const found = BARE.exec(text.slice(0, LONGEST))?.[0]
  if (found) return withoutEnd(found)
  return MAIL.exec(text.slice(0, LONGEST))?.[0].replace(/[-_.]+$/, '') ?? null
}

/** A bracket that was opened before the address closes behind it. */
function withoutEnd(address: string): string {
  const count = (sign: string) => address.split(sign).length - 1
  let open = count(')') - count('(')
  let end = address.length
  for (; end > 0; end--) {
    const last = address.charAt(end - 1)
    if (last === ')' && open-- > 0) continue
    if (last === ')' || !"?!.,:;*_~'".includes(last)) break
  }
  return address.slice(0, end)
}
