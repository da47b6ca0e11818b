/** The findings that hold for every kind of target (functions/readiness), with their usual severity. */
export const SHARED = {
  'not-read': 'unknown',
  'not-checked': 'unknown',
  'not-opted-in': 'blocks',
  'no-way-back': 'blocks',
  'not-proven': 'risks',
} as const;
