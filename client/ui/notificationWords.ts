/** What is said of notifications, where they are chosen. */
export const notificationWords = {
  notifications: 'Notifications',
  notificationsAre: {
    off: 'Natter can tell you here what was said to you while you look elsewhere, without a sound.',
    push: 'They come to this browser when Natter is closed, too.',
    open: 'They come while Natter is open in this browser: it has no push service that Natter may use.',
  },
  obstacles: {
    unsupported: 'This browser shows no notifications.',
    insecure: 'Browsers show notifications only for places with an address that begins with https.',
    homeScreen: 'On an iPhone or iPad, add Natter to the Home Screen first, and open it from there.',
    denied: 'This browser keeps notifications from Natter. Allow them in its settings for this site.',
    noWorker: 'This browser lets no page work in the background, as in a private window. Notifications need that.',
  },
  hearClosed: 'Want to hear about these when Natter is closed?',
  yes: 'Yes',
  notNow: 'Not now',
  notifyHere: 'Turn on in this browser',
  notifyNoMore: 'Turn off in this browser',
  sendTest: 'Send a test',
  testSent:
    'Sent. If nothing shows, this device keeps notifications back: look at its focus or do-not-disturb settings.',
  testNotSent: (status: number | null) =>
    status === null
      ? 'The server cannot reach the push service of this browser.'
      : `The push service of this browser refused it (${status}). Turn notifications off and on again.`,
  showsWords: 'Show what was written',
  quietHours: 'Be quiet at night',
  quietEnds: { from: 'Quiet from', to: 'Until' },
  tellMeOf: 'Notify me of',
  levels: { all: 'Every message', forYou: 'What is for me', nothing: 'Nothing' },
  muteFor: [
    [1, 'Mute for an hour'],
    [8, 'For 8 hours'],
    [168, 'For a week'],
  ] as const,
  mutedUntil: (moment: string) => `Muted until ${moment}.`,
  unmute: 'End it now',
}
