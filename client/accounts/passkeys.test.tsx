import { expect, it, vi } from 'vitest'
import { askPasskey, fetchPasskeys, makePasskey, offersPasskeys, stopOffering } from './passkeys.ts'

vi.mock('@simplewebauthn/browser', () => {
  throw new Error('There is no network.')
})

it('takes what makes and asks for passkeys, where it does not come, for nobody having chosen one', async () => {
  vi.stubGlobal('PublicKeyCredential', class {})
  expect(await offersPasskeys()).toBe(false)
  expect(await makePasskey({})).toBeNull()
  expect(await askPasskey({})).toBeNull()
  fetchPasskeys()
  stopOffering()
})
