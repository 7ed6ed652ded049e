/** From now to the end of the day here; a moment before midnight it is as short as anything may last. */
export const untilMidnight = (now = Date.now()): number => Math.max(1_000, new Date(now).setHours(24, 0, 0, 0) - now)

/** From now to the next morning, when people are at it again. */
export const untilMorning = (now = Date.now()): number => new Date(now).setHours(24 + 8, 0, 0, 0) - now
