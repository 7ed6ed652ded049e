import { expect, it } from 'vitest'
import { Person } from '../../../protocol/people.ts'
import type { Picture } from '../profiles.ts'
import { hear, inhabit, refusal, type OpenStore } from './setting.ts'

const pictureOf = (text: string): Picture => ({ type: 'image/png', bytes: Uint8Array.from(Buffer.from(text)) })

export function profiles(open: OpenStore): void {
  it('keeps what somebody says of themselves, tells it with a new revision, and has it after a restart', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    const commits = hear(store)
    const status = { emoji: '🎧', text: 'Deep in it', until: Date.now() + 60_000 }
    const told = await store.profiles.change(ann.id, { about: ' she \n her ', status, zone: 'Europe/Lisbon' })
    const rev = Math.max(ann.rev, bob.rev) + 1
    expect(told).toEqual({ ...ann, rev, about: 'she her', status, zone: 'Europe/Lisbon' })
    expect(Person.parse(told)).toEqual(told)
    expect(commits.map(({ people }) => people)).toEqual([{ after: rev - 1, rev, people: [told] }])
    expect(await store.people.get([ann.id])).toEqual([told])
    expect(await (await reopen()).people.get([ann.id])).toEqual([told])
  })

  it('changes only what is given, takes away what is null or nothing but spaces, and then has no trace of it', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const status = { emoji: '', text: 'Away' }
    await store.profiles.change(ann.id, { about: 'Editor', status, zone: 'Asia/Tokyo' })
    expect(await store.profiles.change(ann.id, { zone: null })).toMatchObject({ about: 'Editor', status })
    const bare = await store.profiles.change(ann.id, { about: '  ', status: { emoji: '', text: ' \u202e ' } })
    expect(Object.keys(bare).toSorted()).toEqual(Object.keys(ann).toSorted())
    expect(await store.profiles.change(ann.id, { status })).toMatchObject({ status })
    expect((await store.profiles.change(ann.id, { status: null })).status).toBeUndefined()
  })

  it('makes no revision of what is as it was, and refuses it of nobody', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    const said = await store.profiles.change(ann.id, { about: 'Editor', status: { emoji: '🌴', text: '' } })
    const commits = hear(store)
    expect(await store.profiles.change(ann.id, { about: 'Editor', status: { emoji: '🌴', text: '' } })).toEqual(said)
    expect(commits).toEqual([])
    await expect(store.profiles.change('nobody', { about: 'x' })).rejects.toEqual(refusal('not_found'))
    await expect(store.profiles.setPicture('nobody', null)).rejects.toEqual(refusal('not_found'))
  })

  it('ends a status when its time has come, and leaves those that have none or end later', async () => {
    const { store, reopen, ann, bob, cleo } = await inhabit(open, 'ann', 'bob', 'cleo')
    expect(await store.profiles.nextEnd()).toBeNull()
    const status = { emoji: '', text: 'Lunch' }
    await store.profiles.change(ann.id, { status: { ...status, until: 1_000 } })
    await store.profiles.change(bob.id, { status: { ...status, until: 2_000 } })
    await store.profiles.change(cleo.id, { status })
    const again = await reopen()
    expect(await again.profiles.nextEnd()).toBe(1_000)
    await again.profiles.endUntil(1_000)
    const commits = hear(again)
    await again.profiles.endUntil(1_000)
    expect(commits).toEqual([])
    expect(await again.profiles.nextEnd()).toBe(2_000)
    const said = (await again.people.sync(0)).people.map((person) => [person.name, person.status?.text])
    expect(Object.fromEntries(said)).toEqual({ ann: undefined, bob: 'Lunch', cleo: 'Lunch' })
  })

  it('finds a picture by the hash that its person has, also after a restart', async () => {
    const { store, reopen, ann } = await inhabit(open, 'ann')
    const { picture = '' } = await store.profiles.setPicture(ann.id, pictureOf('red'))
    expect(picture).toMatch(/^[\w-]{22}$/)
    expect(await store.profiles.picture(picture)).toEqual(pictureOf('red'))
    expect(await store.profiles.picture('x'.repeat(22))).toBeNull()
    const again = await reopen()
    expect(await again.people.get([ann.id])).toEqual([expect.objectContaining({ picture })])
    expect(await again.profiles.picture(picture)).toEqual(pictureOf('red'))
  })

  it('forgets a picture when nobody has it any more, and not before', async () => {
    const { store, ann, bob } = await inhabit(open, 'ann', 'bob')
    const { picture = '' } = await store.profiles.setPicture(ann.id, pictureOf('red'))
    expect(await store.profiles.setPicture(bob.id, pictureOf('red'))).toMatchObject({ picture })
    expect((await store.profiles.setPicture(ann.id, pictureOf('blue'))).picture).not.toBe(picture)
    expect(await store.profiles.picture(picture)).toEqual(pictureOf('red'))
    expect((await store.profiles.setPicture(bob.id, null)).picture).toBeUndefined()
    expect(await store.profiles.picture(picture)).toBeNull()
  })

  it('forgets with somebody who is removed what they said of themselves, their picture and their settings', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    await store.profiles.change(ann.id, { about: 'Editor', status: { emoji: '🌴', text: '' }, zone: 'Asia/Tokyo' })
    const { picture = '' } = await store.profiles.setPicture(ann.id, pictureOf('red'))
    await store.settings.change(ann.id, { busy: { until: null } })
    const gone = await store.people.remove(ann.id)
    expect(gone).toEqual({ ...ann, gone: true, rev: gone.rev })
    expect(await store.profiles.picture(picture)).toBeNull()
    expect(await store.settings.busy()).toEqual([])
  })
}
