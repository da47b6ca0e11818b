/** The findings that hold for every kind of target (functions/readiness), with their usual severity. */
export const SHARED = {
  'not-read': 'unknown',
  'not-checked': 'unknown',
  'not-opted-in': 'blocks',
  'tag-not-read': 'risks',
  'no-way-back': 'blocks',
  'not-proven': 'risks',
  'not-permitted': 'blocks',
  'stack-would-undo': 'risks',
  'no-alarm': 'slows',
  'alarm-missing': 'slows',
  'alarm-red': 'slows',
  'alarm-no-data': 'slows',
  'alarm-actions-off': 'slows',
  'alarm-of-another': 'risks',
  'alarm-unclear': 'slows',
} as const;
