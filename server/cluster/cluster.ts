import { randomBytes } from 'node:crypto'

/**
 * The other nodes that serve the same community. They are told what passes, and hints of what to look up: nothing that is told
 * here is the only copy of anything, and all of it may be lost.
 */
export type Cluster = {
  /** This node's own, random, another one after each start. */
  nodeId: string
  /**
   * To be called once it is known whose nodes these are. Resolves when the others can be told, or when it is clear that they cannot
   * be just now: then it goes on trying.
   */
  join: (placeId: string) => Promise<void>
  /** Why others cannot be told just now, in words for /readyz; null while they can, and where there are none. */
  trouble: () => string | null
  /** Tells all others. Nobody waits for it; where they cannot be told it is lost. */
  tell: (channel: string, payload: string) => void
  /** Calls `listener` for what others tell on a channel, in the order in which each of them told it. Returns a function that stops it. */
  hear: (channel: string, listener: (payload: string, nodeId: string) => void) => () => void
  /** Calls `listener` whenever others can be told again, after what they have told meanwhile is lost, and the first time. */
  onJoin: (listener: () => void) => void
  /**
   * Keeps a text for all nodes, for so many milliseconds. Resolves to whether it is kept: not where there are no others, or they
   * cannot be told.
   */
  keep: (key: string, text: string, lasting: number) => Promise<boolean>
  /** What was kept, once: from now on it is there for nobody. Null where it is not. */
  take: (key: string) => Promise<string | null>
  /** What was told, heard and lost since the start. */
  counts: () => { told: number; heard: number; lost: number }
  close: () => Promise<void>
}

export const newNodeId = (): string => randomBytes(9).toString('base64url')

/** One node that serves a community by itself. */
export const alone = (): Cluster => ({
  nodeId: newNodeId(),
  join: async () => {},
  trouble: () => null,
  tell: () => {},
  hear: () => () => {},
  onJoin: () => {},
  keep: async () => false,
  take: async () => null,
  counts: () => ({ told: 0, heard: 0, lost: 0 }),
  close: async () => {},
})
