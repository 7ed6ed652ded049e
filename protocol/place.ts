import { z } from 'zod'
import { JOINS } from './choices.ts'
import { PLACE_NAME_LENGTH } from './limits.ts'
import { text } from './text.ts'

/** Who may come in: whoever opens the address, whoever has an invitation, or nobody new. */
export const Join = z.enum(JOINS)
export type Join = z.infer<typeof Join>

/** The place as a whole, as everybody in it sees it. */
export const PlaceState = z
  .object({
    name: z.string(),
    join: Join,
    /** Whoever runs the server has decided that with JOIN, and nobody in the place changes it. */
    joinIsFixed: z.boolean(),
    /** Another one whenever the place's own emoji are others: then `emoji:list`. Left out as long as there never were any. */
    emojiRev: z.int().positive().optional(),
  })
  .meta({ id: 'Place', description: 'The place as a whole, as everybody in it sees it.' })
export type PlaceState = z.infer<typeof PlaceState>

export const PlaceName = text(PLACE_NAME_LENGTH).refine((name) => name.trim() !== '', 'A place needs a name.')

/** How the server is, for those who look after the place. Sizes are bytes. */
export const Health = z
  .object({
    /** Since it was started, in milliseconds. */
    running: z.int(),
    build: z.string(),
    node: z.string(),
    memory: z.int(),
    /** Of tabs and devices, and of the people behind them. */
    connections: z.int(),
    present: z.int(),
    people: z.int(),
    rooms: z.int(),
    /** Ever written. */
    messages: z.int(),
    database: z.int(),
    /** Of the disk that it is on; null where that is not told. */
    free: z.int().nullable(),
    durability: z.string(),
    /** Why nothing can be stored, and what was found damaged; null while all is well. */
    trouble: z.string().nullable(),
    damage: z.string().nullable(),
  })
  .meta({ id: 'Health', description: 'How the server is, for those who look after the place.' })
export type Health = z.infer<typeof Health>

export const placeRequests = {
  'place:health': {
    summary:
      'How the server is: what it keeps, who is here, and what is wrong, if something is. For owners and admins.',
    input: z.object({}),
    output: Health,
  },
  'place:change': {
    summary: 'Rename the place, or say who may come in. For its owners; the name for admins too.',
    input: z.object({ name: PlaceName.optional(), join: Join.optional() }),
    output: PlaceState,
  },
}

export const placeEvents = {
  'place:changed': {
    summary: 'The place has another name, or lets other people in.',
    payload: PlaceState,
  },
}
