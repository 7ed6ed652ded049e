/** Where the pages of the client are, beside its rooms and the links that lead in: with a server, and without a network. */
export const pages = [
  '/',
  '/catch-up',
  '/for-you',
  '/search',
  '/settings',
  '/saved',
  '/scheduled',
  '/place',
  '/place/rooms',
  '/place/emoji',
  '/people',
  '/people/reports',
  '/people/log',
  '/people/bans',
]
