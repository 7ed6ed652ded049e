import { count } from './words.ts'

/** What is said of messages that somebody wants to come back to at a time. */
export const reminderWords = {
  remindMe: 'Remind me',
  remindWhen: 'When do you want to be reminded?',
  remindThen: 'Remind me then',
  willRemind: (time: string) => `You will be reminded ${time}.`,
  seeReminders: 'See reminders',
  reminders: 'Reminders',
  remindedAt: (time: string) => `Reminder ${time}`,
  remindedNow: (time: string) => `Reminder since ${time}`,
  endReminder: 'Remind me no more',
  reminder: (name: string, room: string, text: string) => `Reminder: ${name} in ${room}: ${text}`,
  manyReminders: (n: number) => count(n, 'reminder', 'reminders'),
  openReminder: 'Open',
}
