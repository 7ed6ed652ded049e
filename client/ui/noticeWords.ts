/** What notifications say: read outside of the page too, by its worker. */
export const noticeWords = {
  direct: (n: number) => (n > 1 ? `${n} new messages` : 'Wrote to you'),
  forYou: (name: string, n: number) => `${name} mentioned you${n > 1 ? `, ${n} new messages` : ''}`,
  room: (name: string, n: number) => (n > 1 ? `${n} new messages` : `${name} wrote`),
  said: (name: string, text: string) => `${name}: ${text}`,
  reminder: (name: string, text: string | null) =>
    text === null ? `Reminder: a message from ${name}` : `Reminder: ${name}: ${text}`,
  test: 'This is what a notification looks like. They work here.',
}
