import type { Assertion, Attestation } from '../../protocol/accounts.ts'

/** Fetched when it is first needed. */
const library = () => import('@simplewebauthn/browser')

type Library = Awaited<ReturnType<typeof library>>
type MakeOptions = Parameters<Library['startRegistration']>[0]['optionsJSON']
type UseOptions = Parameters<Library['startAuthentication']>[0]['optionsJSON']

/** Browsers keep passkeys for names, not for numbers, and show this only where nobody can listen. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in window && !/^\[|^[\d.]+$/.test(location.hostname)

/** So that a click is answered at once: some browsers open their window only right after one. */
export const fetchPasskeys = () => void library().catch(() => {})

/** Whether the browser offers passkeys below a field by itself. */
export async function offersPasskeys(): Promise<boolean> {
  try {
    return hasPasskeys() && (await (await library()).browserSupportsWebAuthnAutofill())
  } catch {
    return false
  }
}

export const stopOffering = () =>
  void library().then(
    ({ WebAuthnAbortService }) => WebAuthnAbortService.cancelCeremony(),
    () => {},
  )

/** Null for whoever has thought better of it, or has none: browsers do not say which. Null as well without a network. */
export async function makePasskey(options: object): Promise<Attestation | null> {
  try {
    return (await (await library()).startRegistration({ optionsJSON: options as MakeOptions })) as Attestation
  } catch {
    return null
  }
}

/** As `makePasskey`. */
export async function askPasskey(options: object, from: 'window' | 'field' = 'window'): Promise<Assertion | null> {
  try {
    const { startAuthentication } = await library()
    const asked = { optionsJSON: options as UseOptions, useBrowserAutofill: from === 'field' }
    return (await startAuthentication(asked)) as Assertion
  } catch {
    return null
  }
}
