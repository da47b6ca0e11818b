import type { Sided } from '../../../src/lookout/sided.ts';

/** A stack has no metrics. Its alarms roll it back natively, and its resources are targets of their own. */
export const sides: Sided['sides'] = () =>
  Promise.resolve({
    state: 'none',
    reason:
      'A stack has no metrics of its own: its services and functions are followed as targets of their own.',
  });
