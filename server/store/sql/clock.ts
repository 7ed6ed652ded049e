/** Milliseconds of a clock that never jumps and is the same in every thread. */
export const monotonicNow = (): number => Number(process.hrtime.bigint() / 1_000_000n)
