import type { Tags } from './plan.ts';

/** What an operator is told to tag. The conditions of the roles ask for the same. */
export const CONSENT = 'lastgood=auto or lastgood=approve';

/** Says whether a value of the tag `lastgood` consents to writes. */
export function isConsent(mode: string | undefined): boolean {
  return mode === 'auto' || mode === 'approve';
}

/** Says whether what carries these tags may be written to. */
export function consents(tags: Tags): boolean {
  return isConsent(tags['lastgood']);
}
