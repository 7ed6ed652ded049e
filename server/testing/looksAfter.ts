import { lobbyOf, startServer, type Visitor } from './startServer.ts'

export const idOf = ({ hello }: Visitor) => hello.me.id

/** A place with its owner Olga, Ann, who looks after it with her, and Bob. */
export async function inhabit(environment: Record<string, string> = {}) {
  const server = await startServer(environment)
  const [olga, ann, bob] = [await server.own('Olga'), await server.connect('Ann'), await server.connect('Bob')]
  await olga.ask('people:role', { personId: idOf(ann), role: 'admin' })
  return { ...server, olga, ann, bob, lobby: lobbyOf(olga.hello) }
}
