import type { EventName } from '../../protocol/index.ts'
import type { Aside } from './state.ts'

/** What the server announces, all of it: an event that nobody listens to does not compile. */
export const heard: Record<Exclude<EventName, 'hello' | 'restarting' | Aside>, true> = {
  events: true,
  'room:joined': true,
  'room:left': true,
  'room:arranged': true,
  'people:changed': true,
  'people:removed': true,
  'presence:changed': true,
  'presence:notice': true,
  heads: true,
  'typing:changed': true,
  'read:advanced': true,
  'place:changed': true,
  'push:changed': true,
  'settings:changed': true,
  'scheduled:changed': true,
  'saved:changed': true,
  'moderation:changed': true,
}
