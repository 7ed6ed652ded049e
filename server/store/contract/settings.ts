import { expect, it } from 'vitest'
import { initialSettings } from '../../../protocol/choices.ts'
import { hear, inhabit, type OpenStore } from './setting.ts'

export function settings(open: OpenStore): void {
  it('has for everybody the settings of whoever has chosen nothing', async () => {
    const { store, ann } = await inhabit(open, 'ann')
    expect(await store.settings.get(ann.id)).toEqual(initialSettings)
  })

  it('keeps what is chosen and leaves the rest, tells it once, and has it after a restart', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    const commits = hear(store)
    const quiet = { ...initialSettings, showsTyping: false }
    expect(await store.settings.change(ann.id, { showsTyping: false })).toEqual(quiet)
    expect(await store.settings.change(ann.id, { showsTyping: false })).toEqual(quiet)
    expect(commits.map(({ people, alone }) => [people, alone])).toEqual([
      [null, [{ personId: ann.id, event: 'settings:changed', payload: quiet }]],
    ])
    const again = await reopen()
    expect(await again.settings.get(ann.id)).toEqual(quiet)
    expect(await again.settings.get(bob.id)).toEqual(initialSettings)
  })

  it('says who is not to be disturbed, and ends it when its time has come', async () => {
    const { store, reopen, ann, bob } = await inhabit(open, 'ann', 'bob')
    expect(await store.settings.nextEnd()).toBeNull()
    await store.settings.change(ann.id, { busy: { until: 1_000 } })
    await store.settings.change(bob.id, { busy: { until: null }, showsTyping: false })
    const again = await reopen()
    const busy = async () =>
      Object.fromEntries((await again.settings.busy()).map(({ personId, until }) => [personId, until]))
    expect(await busy()).toEqual({ [ann.id]: 1_000, [bob.id]: null })
    expect(await again.settings.nextEnd()).toBe(1_000)
    const commits = hear(again)
    await again.settings.endUntil(1_000)
    await again.settings.endUntil(Date.now())
    expect(commits.flatMap(({ alone }) => alone)).toEqual([
      { personId: ann.id, event: 'settings:changed', payload: initialSettings },
    ])
    expect(await busy()).toEqual({ [bob.id]: null })
    expect(await again.settings.get(bob.id)).toEqual({ ...initialSettings, busy: { until: null }, showsTyping: false })
  })
}
