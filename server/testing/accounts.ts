import type { startServer } from './startServer.ts'

export const PASSWORD = 'four words at least'
export const OTHER = 'entirely other words'

type Server = Awaited<ReturnType<typeof startServer>>
export const signIn = ({ post }: Server, name: string, password = PASSWORD, cookie?: string) =>
  post('/api/account/sign-in', { name, password }, cookie)
export const cookieOf = (response: Response) => response.headers.getSetCookie().map((one) => one.split(';', 1)[0] ?? '')
