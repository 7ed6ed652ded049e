/** What is said where somebody comes into a room or leaves it. */
export const roomWords = {
  isIn: 'In',
  leave: 'Leave room',
  leaveConversation: 'Leave this conversation',
  leaveName: (room: string) => `Leave ${room}?`,
  stayIn: (room: string) => `Stay in ${room}`,
  leaveIt: (room: string) => `Leave ${room}`,
  leaveMeans: (isLast: boolean) =>
    isLast
      ? 'You are the last one in it: nobody will be able to read it any more, and nobody can bring you back.'
      : 'You come back only if somebody who is in it adds you.',
}
