/** Once `ready` has resolved, and after all that came before it on this connection, `go` is called; resolves to what that does. */
export type InOrder = <T, R>(ready: Promise<T>, go: (found: T) => Promise<R>) => Promise<R>

/**
 * What one connection asks for goes to the store in the order in which it was asked, however long it takes to look up whether it
 * may. All are looked up at once, and none waits until the one before it is stored.
 */
export function createOrder(): InOrder {
  let before: Promise<unknown> = Promise.resolve()
  return (ready, go) => {
    // In an object, which is not waited for.
    const going = Promise.allSettled([before, ready]).then(async () => ({ answer: go(await ready) }))
    before = going.catch(() => {})
    return going.then(({ answer }) => answer)
  }
}
