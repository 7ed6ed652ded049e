type Rules = Partial<Record<'createHTML' | 'createScriptURL', (text: string) => string>>

declare global {
  interface Window {
    trustedTypes?: { createPolicy: <R extends Rules>(name: string, rules: R) => R }
  }
}

/**
 * The server tells browsers to take no text for HTML or for the address of a script, unless it comes from one of these: there is
 * one for each place where that is safe, and it says why. Where browsers know nothing of it the text is what it is.
 */
export const trusted = <R extends Rules>(name: string, rules: R): R =>
  window.trustedTypes?.createPolicy(name, rules) ?? rules
