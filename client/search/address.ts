import type { Order } from '../../protocol/search.ts'

/** The page of what is found. */
export const addressOf = (query: string, order: Order = 'newest'): string =>
  `/search?${new URLSearchParams({ q: query, ...(order === 'best' && { order }) }).toString()}`
