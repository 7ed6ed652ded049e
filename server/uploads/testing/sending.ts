import { randomUUID } from 'node:crypto'
import type { MessageFile, Upload } from '../../../protocol/files.ts'
import { lobbyOf, startServer, type Visitor } from '../../testing/startServer.ts'

type Who = Pick<Visitor, 'cookie' | 'hello'>

/** A server, and what a page does to send it files and to fetch them. */
export async function withFiles(environment: Record<string, string> = {}) {
  const server = await startServer(environment)

  const headersOf = ({ cookie }: Who) => ({ Cookie: cookie, Origin: server.url })

  const ask = (who: Who, method: string, path: string, init: RequestInit = {}) =>
    fetch(`${server.url}${path}`, { ...init, method, headers: { ...headersOf(who), ...(init.headers as object) } })

  const begin = (who: Who, name: string, size: number, roomId = lobbyOf(who.hello)) =>
    server.post('/api/uploads', { roomId, name, size }, who.cookie)

  const patch = (who: Who, id: string, offset: number | string, body: BodyInit) =>
    ask(who, 'PATCH', `/api/uploads/${id}`, { body, headers: { 'Upload-Offset': String(offset) } })

  async function upload(who: Who, name: string, bytes: Buffer | string, roomId?: string): Promise<MessageFile> {
    const body = Buffer.from(bytes)
    const { id } = (await (await begin(who, name, body.length, roomId)).json()) as Upload
    const { file } = (await (await patch(who, id, 0, body)).json()) as Upload
    if (!file) throw new Error('All of it was sent.')
    return file
  }

  return {
    ...server,
    ask,
    begin,
    patch,
    upload,
    /** A message with these files, and its position. */
    async send(who: Visitor, files: readonly (Pick<MessageFile, 'id'> & { alt?: string })[], body = '') {
      const roomId = lobbyOf(who.hello)
      return who.ask('message:send', {
        roomId,
        key: randomUUID(),
        body,
        files: files.map(({ id, alt }) => ({ id, alt })),
      })
    },
    load: (who: Who, id: string, headers: Record<string, string> = {}) =>
      ask(who, 'GET', `/api/files/${id}`, { headers }),
  }
}
