import type { Tags } from './plan.ts';

/** The tags that texts ask an operator to add. The conditions of the roles require the same. */
export const CONSENT = 'lastgood=auto or lastgood=approve';

/** Says whether a value of the tag `lastgood` consents to writes. */
export function isConsent(mode: string | undefined): boolean {
  return mode === 'auto' || mode === 'approve';
}

/** Says whether Lastgood may write to a resource with these tags. */
export function consents(tags: Tags): boolean {
  return isConsent(tags['lastgood']);
}
