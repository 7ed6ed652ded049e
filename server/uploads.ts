import { Router, json, type Request, type Response } from 'express'
import { Refusal } from '../protocol/errors.ts'
import { BeginUpload } from '../protocol/files.ts'
import type { Person } from '../protocol/people.ts'
import { mustBeLetIn } from './door.ts'
import { formOf } from './form.ts'
import { mustBeSignedIn } from './identity.ts'
import { lineOf } from './names/line.ts'
import { mustBeShown, mustNotBeMuted, mustWrite } from './policy.ts'
import type { Listeners, Place } from './socket/context.ts'
import { mustBeOurs } from './socket/origin.ts'
import type { KeptFile } from './store/files.ts'
import { createGoing } from './uploads/going.ts'
import { smallOf } from './uploads/keeping.ts'
import { drain } from './uploads/draining.ts'
import { send, type Sent } from './uploads/sending.ts'

const noFile = () => new Refusal('not_found', 'There is no such file.')

/** Files on their way into a room, and out of it to those who may read what they belong to. */
export function routes(place: Place): Router {
  const { store, config, limits, uploads } = place
  const router = Router()
  async function whoAsks(request: Request): Promise<Person> {
    const me = await mustBeSignedIn(store, config, request.headers.cookie)
    await mustBeLetIn(place, request, me)
    await limits.take('requests', me.id)
    return me
  }

  async function whoChanges(request: Request): Promise<Person> {
    mustBeOurs(request, config)
    return whoAsks(request)
  }

  /** One's own. Anybody else's is none. */
  async function mine(me: Person, request: Request): Promise<KeptFile> {
    const kept = await store.files.get(String(request.params['id']))
    if (!kept || kept.uploaderId !== me.id || kept.isGone) throw noFile()
    return kept
  }

  /** As long as it is not sent. */
  async function uploadOf(me: Person, request: Request): Promise<KeptFile> {
    const kept = await mine(me, request)
    if (kept.seq !== null) throw noFile()
    return kept
  }

  router.post('/api/uploads', json({ limit: 2_000 }), async (request, response) => {
    const { roomId, name, size } = formOf(request, config, BeginUpload, 'A file needs a name and a size.')
    const me = await whoChanges(request)
    await mustWrite(store, me, roomId)
    await mustNotBeMuted(store, me, roomId)
    await limits.take('uploads', me.id)
    response.status(201).json(await uploads.begin({ roomId, uploaderId: me.id, name: lineOf(name) || 'File', size }))
  })

  // Of a sent one as well: whoever was cut off may not know that it is.
  router.get('/api/uploads/:id', async (request, response) => {
    response.json(await uploads.stateOf(await mine(await whoAsks(request), request)))
  })

  router.patch('/api/uploads/:id', async (request, response) => {
    try {
      const kept = await uploadOf(await whoChanges(request), request)
      const offset = String(request.headers['upload-offset'])
      if (!/^\d{1,15}$/.test(offset)) throw new Refusal('invalid', 'Upload-Offset says where it goes on.')
      const length = Number(request.headers['content-length'] ?? 0)
      response.json(await uploads.append(kept, { offset: Number(offset), length, source: request }))
    } catch (error) {
      drain(request)
      throw error
    }
  })

  router.delete('/api/uploads/:id', async (request, response) => {
    await uploads.drop(await uploadOf(await whoChanges(request), request))
    response.json({})
  })

  const going = createGoing()

  /** To who may read it. */
  async function give(request: Request, response: Response, what: (kept: KeptFile) => Sent): Promise<void> {
    const me = await whoAsks(request)
    const kept = await store.files.get(String(request.params['id']))
    if (!kept?.isReady) throw noFile()
    await mustBeShown(store, me, kept)
    await going(me.id, () => send(uploads.bytes, what(kept), request, response))
  }

  router.get('/api/files/:id', (request, response) =>
    give(request, response, ({ file: { name: called, type, size }, bytes: name }) => ({ name, called, type, size })),
  )

  router.get('/api/files/:id/small', (request, response) =>
    give(request, response, ({ file, bytes }) => {
      if (file.width === undefined) throw noFile()
      return { name: smallOf(bytes), called: 'picture.webp', type: 'image/webp' }
    }),
  )

  return router
}

export const listeners: Listeners = {
  started: ({ uploads }) => uploads.start(),
  committed({ uploads }, { rooms, deletedRooms, elsewhere }) {
    if (elsewhere) return
    const isDeleted = rooms.some(({ changes }) =>
      changes.some((change) => change.type === 'message:changed' && change.message.deleted),
    )
    if (isDeleted || deletedRooms.length > 0) uploads.sweep()
  },
}
