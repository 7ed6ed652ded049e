import { z } from 'zod'
import { PersonId } from './people.ts'
import { RoomId } from './rooms.ts'

export const typingRequests = {
  'typing:set': {
    summary: 'I am writing in this room, or stopped. Repeat at most every 3 s while the text changes.',
    input: z.object({ roomId: RoomId, typing: z.boolean() }),
    output: z.object({}),
  },
}

export const typingEvents = {
  'typing:changed': {
    summary:
      'Somebody else is writing, or stopped. Passing: forget it after 6 s, and when a message of theirs comes. Of several, in any of your rooms, you are told together: one argument for each of them.',
    payload: z.object({ roomId: RoomId, personId: PersonId, typing: z.boolean() }),
  },
}
