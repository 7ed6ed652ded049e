/**
 * A browser’s time for marks on one letter grows with their square. No writing has more than these: Unicode Standard Annex 15,
 * Stream-Safe Text Format.
 */
export const calmed = (text: string): string => text.replace(/(\p{M}{30})\p{M}+/gu, '$1')
