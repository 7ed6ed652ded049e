import { expect, it } from 'vitest'
import { draftOf, hear, inhabit, refusal, roomOf, type OpenStore } from './setting.ts'

export function roles(open: OpenStore): void {
  it('gives somebody another role, tells it, and the same again changes nothing', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const commits = hear(store)
    const admin = await store.people.setRole(ann.id, 'admin')
    expect(admin).toEqual({ ...ann, role: 'admin', rev: ann.rev + 1 })
    expect(await store.people.setRole(ann.id, 'admin')).toEqual(admin)
    expect(commits.flatMap((commit) => commit.people?.people ?? [])).toEqual([admin])
    await expect(store.people.setRole('nobody', 'admin')).rejects.toEqual(refusal('not_found'))
  })

  it('keeps the last owner, also when the last two would go at once', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    await store.people.setRole(ann.id, 'owner')
    await expect(store.people.setRole(ann.id, 'member')).rejects.toEqual(refusal('forbidden'))
    await store.people.setRole(bob.id, 'owner')
    const ends = await Promise.allSettled([ann, bob].map(({ id }) => store.people.setRole(id, 'member')))
    expect(ends.map(({ status }) => status)).toEqual(['fulfilled', 'rejected'])
    expect((await store.people.get([bob.id]))[0]?.role).toBe('owner')
  })

  it('lets a guest who becomes a member into the default room', async () => {
    const { store, lobby } = await inhabit(open)
    const guest = await store.people.create({ name: 'Gus', role: 'guest' })
    expect(await store.rooms.mine(guest.id)).toEqual([])
    await store.people.setRole(guest.id, 'member')
    expect(await store.rooms.hasMember(lobby, guest.id)).toBe(true)
  })

  it('takes a member who becomes a guest out of the default room, and stops the invitations of who is admin no more', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    for (const { id } of [ann, bob]) await store.people.setRole(id, 'owner')
    const link = { role: 'member' as const, roomIds: [], uses: null, expiresAt: null }
    const [anns, bobs] = [
      await store.invites.create({ ...link, createdBy: ann.id }),
      await store.invites.create({ ...link, createdBy: bob.id }),
    ]
    await store.people.setRole(bob.id, 'guest')
    expect(await store.rooms.hasMember(lobby, bob.id)).toBe(false)
    expect(await Promise.all([anns, bobs].map(({ token }) => store.invites.find(token)))).toEqual([anns.invite, null])
  })

  it('does nothing for somebody who is gone', async () => {
    const { store, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    for (const { id } of [ann, bob]) await store.people.setRole(id, 'owner')
    await store.people.remove(bob.id)
    await expect(store.people.remove(cleo.id, bob.id)).rejects.toEqual(refusal('not_found'))
    await expect(store.people.setRole(cleo.id, 'guest', bob.id)).rejects.toEqual(refusal('not_found'))
    expect(await store.people.get([cleo.id])).toEqual([cleo])
  })

  it('removes somebody from everywhere at once, keeps what they wrote and their name, and twice is once', async () => {
    const { store, lobby, ann, bob } = await inhabit(open, 'ann', 'bob')
    const kitchen = await roomOf(store, bob)
    const said = await store.messages.append(draftOf(lobby, bob, 'stays'))
    const token = await store.sessions.create(bob.id)
    const commits = hear(store)
    const gone = await store.people.remove(bob.id)
    expect(gone).toEqual({ ...bob, gone: true, rev: gone.rev })
    expect(await store.people.remove(bob.id)).toEqual(gone)
    expect(commits).toHaveLength(1)
    const [commit] = commits
    const left = commit?.rooms.flatMap(({ roomId, changes }) =>
      changes.map((change) => [roomId, change.type === 'member:changed' && change.member.present]),
    )
    expect(new Set(left?.map(([roomId]) => roomId))).toEqual(new Set([kitchen, lobby]))
    expect(left?.map(([, present]) => present)).toEqual([false, false])
    expect(commit?.sessions).toHaveLength(1)
    expect(commit?.people?.people).toEqual([gone])
    expect(await store.sessions.find(token)).toBeNull()
    expect(await store.rooms.mine(bob.id)).toEqual([])
    expect(await store.messages.get(lobby, said.seq)).toMatchObject({ body: 'stays', authorId: bob.id })
    expect(await store.people.get([bob.id])).toEqual([gone])
    expect((await store.people.list({ query: '', limit: 10 })).people).toEqual([ann])
    await expect(store.people.create({ name: 'Bob', role: 'member' })).rejects.toEqual(refusal('name_taken'))
  })

  it('does not remove the last owner, nor somebody who does not exist', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await store.people.setRole(ann.id, 'owner')
    await expect(store.people.remove(ann.id)).rejects.toEqual(refusal('forbidden'))
    await expect(store.people.remove('nobody')).rejects.toEqual(refusal('not_found'))
  })
}
