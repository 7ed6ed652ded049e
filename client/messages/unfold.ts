/** Shows all of a message: somebody goes to it, or to something in it. */
export const unfold = (message: Element): void => message.querySelector('[data-folded]')?.removeAttribute('data-folded')
