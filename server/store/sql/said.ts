/** Before the first message that was written since Natter searches; those from before it count down from here. */
export const FIRST = 2 ** 40
