import { count } from './words.ts'

/** What polls say, and what is said of what somebody forwards. */
export const pollWords = {
  poll: 'Poll',
  pollOfSeveral: 'Poll, several answers',
  votedFor: (option: string, n: number, you: boolean) =>
    `${option}, ${n === 0 ? 'nobody yet' : count(n, 'person', 'people')}${you ? (n > 1 ? ', including you' : ', you') : ''}`,
  voted: (n: number) => (n === 0 ? 'Nobody has voted yet' : `${count(n, 'person has', 'people have')} voted`),
  takeVoteBack: 'Take my vote back',
  closePoll: 'Close poll',
  pollClosedBy: (name: string) => (name ? `closed by ${name === 'You' ? 'you' : name}` : 'closed'),
  closeThisPoll: 'Close this poll?',
  closeThisPollMeans: 'Nobody can vote in it any more, nor change what they voted for. Its result stays.',
  leavePollOpen: 'Leave it open',
  makePoll: 'Ask a question',
  question: 'Question',
  option: (n: number) => `Answer ${n}`,
  options: 'Answers',
  severalAnswers: 'People may choose several answers',
  askIt: 'Ask',
  needsQuestion: 'A question needs some words.',
  needsOptions: 'A question needs two to ten answers of at most 100 characters, no two the same.',
  commandPoll: 'Ask a question that people vote on',
  argumentPoll: 'question | answer | answer',
  forward: 'Forward',
  forwardTo: 'Forward to',
  roomOrPerson: 'Room or person',
  widens: (room: string) => `This was said in private. Everybody can read it in ${room}.`,
  chooseAnother: 'Choose another',
  comment: 'Add words of your own',
  /** From me, where there is no name. */
  forwardedFrom: (name: string | null, room: string | null, time: string) =>
    `Forwarded from ${name ?? 'you'}${room === null ? '' : ` in ${room}`}, ${time}`,
  noRoomOrPerson: (query: string) => `No room or person is called ${query} that you may write to.`,
  isForwarded: (name: string) => `Forwarded to ${name}.`,
}
