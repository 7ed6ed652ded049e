import { Router, raw, type NextFunction, type Request, type Response } from 'express'
import { EmojiName, type emojiRequests } from '../protocol/emoji.ts'
import { Refusal } from '../protocol/errors.ts'
import { EMOJI_SENT_BYTES } from '../protocol/limits.ts'
import { createEmojiDrawing } from './emoji/drawing.ts'
import { mustBeNobodysName } from './emoji/names.ts'
import { mustBeSignedIn } from './identity.ts'
import { mustBeAtLeast } from './policy.ts'
import type { Handlers, Place } from './socket/context.ts'
import { mustBeOurs } from './socket/origin.ts'

export const handlers: Handlers<typeof emojiRequests> = {
  'emoji:list': async ({ store }) => store.emoji.list(),

  async 'emoji:remove'({ me, store }, { name }) {
    mustBeAtLeast(me, 'admin')
    return store.emoji.remove(name, me.id)
  },
}

/** The place's own emoji come with their pictures, which everybody who is in gets as those of people. */
export function routes({ store, config, limits }: Place): Router {
  const router = Router()
  const drawn = createEmojiDrawing()

  /** Before anything of the body is read. */
  async function admit(request: Request, response: Response, next: NextFunction): Promise<void> {
    mustBeOurs(request, config)
    const me = await mustBeSignedIn(store, config, request.headers.cookie)
    mustBeAtLeast(me, 'admin')
    await limits.take('uploads', me.id)
    const name = EmojiName.safeParse(request.params['name'])
    if (!name.success) throw new Refusal('invalid', name.error.issues[0]?.message ?? 'An emoji needs a name.')
    await mustBeNobodysName(name.data)
    Object.assign(response.locals, { name: name.data, by: me.id })
    next()
  }

  const body = raw({ type: () => true, limit: EMOJI_SENT_BYTES, inflate: false })
  router.put('/api/emoji/:name', admit, body, async ({ body }: Request, response) => {
    const { name, by } = response.locals as { name: string; by: string }
    const pictures = await drawn(Buffer.isBuffer(body) ? body : Buffer.alloc(0))
    response.status(201).json(await store.emoji.add({ name, by, ...pictures }))
  })

  return router
}
