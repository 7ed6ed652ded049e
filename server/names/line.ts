/** One line of text, as it is kept and shown: nothing that turns the direction of what follows, one space between words. */
export const lineOf = (text: string): string =>
  text
    .replace(/[\u202a-\u202e\u2066-\u2069]/gu, '')
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
