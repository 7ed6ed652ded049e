import { expect, it } from 'vitest'
import { draftOf, hear, inhabit, refusal, roomOf, type OpenStore } from './setting.ts'

const HOUR = 60 * 60_000
const soon = () => Date.now() + HOUR

export function moderation(open: OpenStore): void {
  it('lets somebody who is muted write nothing, nor change what they wrote, until it ends or is taken back', async () => {
    const { store, reopen, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const said = await store.messages.append(draftOf(lobby, bob, 'before'))
    const mute = { personId: bob.id, roomId: lobby, until: soon(), by: ann.id }
    expect(await store.moderation.mute(mute)).toEqual({ roomId: lobby, until: mute.until })
    const later = await reopen()
    expect(await later.moderation.mutes(bob.id)).toEqual([{ roomId: lobby, until: mute.until }])
    const change = { roomId: lobby, seq: said.seq, body: 'after' }
    for (const attempt of [later.messages.append(draftOf(lobby, bob)), later.messages.edit(change)]) {
      const error: unknown = await attempt.catch((reason: unknown) => reason)
      expect(error).toEqual(refusal('forbidden'))
      expect(error).toMatchObject({ retryAfter: expect.closeTo(HOUR, -4) })
    }
    // What was stored already is answered as before: its sender may not have heard.
    expect(await later.messages.append({ ...draftOf(lobby, bob, 'before'), key: said.key })).toEqual(said)
    for (const _ of [1, 2]) await later.moderation.unmute(mute)
    expect(await later.messages.edit(change)).toMatchObject({ body: 'after' })
    await later.moderation.mute({ ...mute, until: Date.now() - 1 })
    expect(await later.moderation.mutes(bob.id)).toEqual([])
    expect(await later.messages.append(draftOf(lobby, bob))).toMatchObject({ authorId: bob.id })
  })

  it('mutes in one room or everywhere, the newest end counts, and it is told whom it is about', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, bob)
    const commits = hear(store)
    const until = soon()
    for (const end of [until, until + 1])
      await store.moderation.mute({ personId: bob.id, roomId: kitchen, until: end, by: ann.id })
    expect(await store.moderation.mutes(bob.id)).toEqual([{ roomId: kitchen, until: until + 1 }])
    await store.messages.append(draftOf(lobby, bob))
    await store.moderation.mute({ personId: bob.id, roomId: null, until, by: ann.id })
    expect(await store.moderation.mutes(bob.id)).toMatchObject([{ roomId: null }, { roomId: kitchen }])
    await expect(store.messages.append(draftOf(lobby, bob))).rejects.toEqual(refusal('forbidden'))
    expect(commits.flatMap(({ moderated }) => moderated)).toEqual([bob.id, bob.id, bob.id])
    await expect(store.moderation.mute({ personId: 'nobody', roomId: null, until, by: ann.id })).rejects.toEqual(
      refusal('not_found'),
    )
  })

  it('stores nothing of what was on its way when somebody was muted or banned', async () => {
    const { store, lobby, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    await store.people.setRole(ann.id, 'owner')
    const [, one, , other] = await Promise.allSettled([
      store.moderation.mute({ personId: bob.id, roomId: null, until: soon(), by: ann.id }),
      store.messages.append(draftOf(lobby, bob)),
      store.moderation.ban({ personId: cleo.id, by: ann.id }),
      store.messages.append(draftOf(lobby, cleo)),
    ])
    expect(one).toMatchObject({ status: 'rejected', reason: refusal('forbidden') })
    expect(other).toMatchObject({ status: 'rejected', reason: refusal('not_found') })
    expect((await store.messages.list({ roomId: lobby, limit: 10 })).messages).toEqual([])
  })

  it('bans somebody: in no room, by no session and no link, until that is lifted; each twice is once', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    const kitchen = await roomOf(store, bob)
    const token = await store.sessions.create(bob.id)
    const link = await store.sessions.link(bob.id, soon())
    const commits = hear(store)
    const gone = await store.moderation.ban({ personId: bob.id, by: ann.id })
    expect(gone).toMatchObject({ id: bob.id, gone: true })
    expect(await store.moderation.ban({ personId: bob.id, by: ann.id })).toEqual(gone)
    expect(commits).toHaveLength(1)
    expect(commits[0]?.sessions).toHaveLength(1)
    expect(await store.rooms.mine(bob.id)).toEqual([])
    expect(await store.sessions.find(token)).toBeNull()
    expect(await store.moderation.holdsBan(token)).toBe(true)
    expect(await store.moderation.isBanned(bob.id)).toBe(true)
    expect(await store.moderation.bans({ limit: 10 })).toEqual({ people: [gone], next: null })
    await expect(store.sessions.useLink(link, '')).rejects.toEqual(refusal('not_found'))
    await expect(store.people.create({ name: 'Bob', role: 'member' })).rejects.toEqual(refusal('name_taken'))

    for (const _ of [1, 2])
      expect(await store.moderation.lift(bob.id, ann.id)).toMatchObject({ id: bob.id, gone: false, role: 'member' })
    expect(await store.sessions.find(token)).toMatchObject({ person: { id: bob.id } })
    expect(await store.moderation.holdsBan(token)).toBe(false)
    expect(await store.moderation.bans({ limit: 10 })).toEqual({ people: [], next: null })
    expect(await store.rooms.hasMember(lobby, bob.id)).toBe(true)
    expect(await store.rooms.hasMember(kitchen, bob.id)).toBe(false)
  })

  it('keeps of somebody who is banned what they come back with, and nothing that others saw of them', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    await store.accounts.setPassword({ personId: bob.id, password: 'hash', keep: '' })
    const settings = await store.settings.change(bob.id, { showsTyping: false })
    await store.profiles.change(bob.id, { about: 'buy my watches' })
    const signIn = () => store.accounts.signIn({ personId: bob.id, by: { password: 'hash' }, agent: '' })
    expect((await store.moderation.ban({ personId: bob.id, by: ann.id })).about).toBeUndefined()
    await expect(signIn()).rejects.toEqual(refusal('unauthorized'))
    expect((await store.moderation.lift(bob.id, ann.id)).about).toBeUndefined()
    expect(await store.settings.get(bob.id)).toEqual(settings)
    expect(await store.sessions.find(await signIn())).toMatchObject({ person: { id: bob.id } })
  })

  it('makes nobody more than they were by banning them and lifting it, and does not ban the last owner', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    await expect(store.moderation.ban({ personId: ann.id, by: ann.id })).rejects.toEqual(refusal('forbidden'))
    await expect(store.moderation.ban({ personId: 'nobody', by: ann.id })).rejects.toEqual(refusal('not_found'))
    await expect(store.moderation.lift('nobody', ann.id)).rejects.toEqual(refusal('not_found'))
    await store.people.setRole(bob.id, 'admin')
    const guest = await store.people.create({ name: 'Gus', role: 'guest' })
    for (const { id } of [bob, guest]) await store.moderation.ban({ personId: id, by: ann.id })
    expect(await store.moderation.lift(bob.id, ann.id)).toMatchObject({ role: 'member' })
    expect(await store.moderation.lift(guest.id, ann.id)).toMatchObject({ role: 'guest' })
    expect(await store.rooms.hasMember(lobby, guest.id)).toBe(false)
  })

  it('bans nobody who was removed, whom nothing brings back', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    const gone = await store.people.remove(bob.id)
    const ban = { personId: bob.id, by: ann.id, addresses: ['192.0.2.7'], until: soon() }
    await expect(store.moderation.ban(ban)).rejects.toEqual(refusal('not_found'))
    expect(await store.moderation.isShut('192.0.2.7')).toBe(false)
    expect(await store.moderation.lift(bob.id, ann.id)).toEqual(gone)
  })

  it('shuts an address with somebody until then, or until the ban is lifted', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    expect(await store.moderation.isShut('192.0.2.7')).toBe(false)
    await store.moderation.ban({ personId: bob.id, by: ann.id, addresses: ['192.0.2.7'], until: soon() })
    const later = await reopen()
    expect(await later.moderation.isShut('192.0.2.7')).toBe(true)
    expect(await later.moderation.isShut('192.0.2.8')).toBe(false)
    await later.moderation.lift(bob.id, ann.id)
    expect(await later.moderation.isShut('192.0.2.7')).toBe(false)
    await later.moderation.ban({ personId: bob.id, by: ann.id, addresses: ['192.0.2.7'], until: Date.now() - 1 })
    expect(await later.moderation.isShut('192.0.2.7')).toBe(false)
  })

  it('lists who is banned in pages, each once', async () => {
    const { store, ann, bob, cleo, dan } = await inhabit(open, 'ann', 'bob', 'cleo', 'dan')
    await store.people.setRole(ann.id, 'owner')
    for (const { id } of [dan, bob, cleo]) await store.moderation.ban({ personId: id, by: ann.id })
    const one = await store.moderation.bans({ limit: 2 })
    const two = await store.moderation.bans({ limit: 2, after: one.next ?? '' })
    expect([...one.people, ...two.people].map(({ name }) => name)).toEqual(['bob', 'cleo', 'dan'])
    expect(two.next).toBeNull()
  })

  it('says of a message that somebody else has deleted it, and of one that its author has that they have', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const [one, other] = [
      await store.messages.append(draftOf(lobby, bob)),
      await store.messages.append(draftOf(lobby, bob)),
    ]
    expect(await store.messages.remove({ roomId: lobby, seq: one.seq, by: ann.id })).toMatchObject({
      deleted: true,
      moderated: true,
      body: '',
    })
    const own = await store.messages.remove({ roomId: lobby, seq: other.seq, by: bob.id })
    expect(own).toMatchObject({ deleted: true, moderated: false })
    expect(await store.messages.remove({ roomId: lobby, seq: other.seq, by: ann.id })).toEqual(own)
  })
}
