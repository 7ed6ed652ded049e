import { Router, raw, type NextFunction, type Request, type Response } from 'express'
import { Refusal } from '../protocol/errors.ts'
import { PICTURE_BYTES } from '../protocol/limits.ts'
import type { profileRequests } from '../protocol/profile.ts'
import { mustBeSignedIn } from './identity.ts'
import { pictureOf } from './pictures/picture.ts'
import type { Handlers, Place } from './socket/context.ts'
import { mustBeOurs } from './socket/origin.ts'

export const handlers: Handlers<typeof profileRequests> = {
  async 'profile:change'({ me, store }, { status, ...rest }) {
    if (!status) return store.profiles.change(me.id, { ...rest, status })
    const { emoji, text, milliseconds } = status
    const until = milliseconds === null ? undefined : Date.now() + milliseconds
    return store.profiles.change(me.id, { ...rest, status: { emoji, text, until } })
  },
}

/** People's pictures, for people who are in. */
export function routes({ store, config, limits }: Place): Router {
  const router = Router()

  /** Before anything of the body is read. */
  async function admit(request: Request, response: Response, next: NextFunction): Promise<void> {
    mustBeOurs(request, config)
    const { id: personId } = await mustBeSignedIn(store, config, request.headers.cookie)
    await limits.take('pictures', personId)
    response.locals['personId'] = personId
    next()
  }

  const body = raw({ type: () => true, limit: PICTURE_BYTES, inflate: false })
  router.put('/api/me/picture', admit, body, async ({ body }, response) => {
    const picture = pictureOf(Buffer.isBuffer(body) ? body : Buffer.alloc(0))
    response.json(await store.profiles.setPicture(String(response.locals['personId']), picture))
  })

  router.delete('/api/me/picture', admit, async (_, response) => {
    response.json(await store.profiles.setPicture(String(response.locals['personId']), null))
  })

  router.get('/api/pictures/:hash', async (request, response) => {
    await mustBeSignedIn(store, config, request.headers.cookie)
    const picture = await store.profiles.picture(request.params.hash)
    if (!picture) throw new Refusal('not_found', 'There is no such picture.')
    response
      .setHeader('Content-Type', picture.type)
      .setHeader('Content-Disposition', 'inline')
      .setHeader('Content-Security-Policy', "default-src 'none'; sandbox")
      // Another picture has another address. Only this person's own browser may keep it.
      .setHeader('Cache-Control', 'private, max-age=31536000, immutable')
      .send(Buffer.from(picture.bytes))
  })

  return router
}
