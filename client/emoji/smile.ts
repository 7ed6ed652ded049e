/** The drawing that stands for all emoji, of 24 by 24. */
export const SMILE =
  'M12 3.75a8.25 8.25 0 1 0 0 16.5a8.25 8.25 0 1 0 0-16.5M8.5 14c.9 1.3 2.1 2 3.5 2s2.6-.7 3.5-2M9.25 9.75v.01M14.75 9.75v.01'
