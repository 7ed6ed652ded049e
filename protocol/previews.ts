import { z } from 'zod'
import { Message, OneMessage } from './messages.ts'
import { Room, RoomId } from './rooms.ts'

export const previewRequests = {
  'preview:allow': {
    summary:
      'Say whether a room tells where links lead. Then the server asks the pages that messages link to from now on for their titles, unless whoever runs it forbids that. For who made it, and owners and admins who are in it.',
    input: z.object({ roomId: RoomId, on: z.boolean() }),
    output: Room,
  },
  'preview:remove': {
    summary:
      'Take away what a message tells of the page that it links to: of one’s own, or of one of somebody below oneself in a room that one looks after. It tells nothing of any page again; twice is once.',
    input: OneMessage,
    output: Message,
  },
}
