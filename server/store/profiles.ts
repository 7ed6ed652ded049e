import type { Person, Status } from '../../protocol/people.ts'

/** A picture as it is kept: what it is, and its bytes. */
export type Picture = { type: 'image/jpeg' | 'image/png' | 'image/webp'; bytes: Uint8Array }

/** What ends by itself, at a time that somebody gave it. Milliseconds since the Unix epoch. */
export type Ending = {
  /** When the next one ends, or null; what should have ended already as well. */
  nextEnd: () => Promise<number | null>
  /** Ends what had to end until then. Twice is once. */
  endUntil: (now: number) => Promise<void>
}

export type Profiles = Ending & {
  /**
   * Only what is given; null, or nothing but spaces, takes it away. The same again is no change. Refused: `not_found`, also for
   * who is gone.
   */
  change: (
    personId: string,
    profile: { about?: string | null; status?: Status | null; zone?: string | null },
  ) => Promise<Person>
  /** Theirs from now on, or none. The one before is forgotten, unless somebody else has the same. Refused as `change`. */
  setPicture: (personId: string, picture: Picture | null) => Promise<Person>
  /** By its hash, as people have it. */
  picture: (hash: string) => Promise<Picture | null>
}
