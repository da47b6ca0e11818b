/** Minutes that a release must stay quiet to be proven. The throw-away stack should not wait long. */
export const SOAK_MINUTES = 5;

/** Says on every resource that it may be thrown away. */
export const THROW_AWAY = { 'throw-away': 'lastgood verify-on-aws' };

/** Lets Lastgood act on a target, without a cool-down between the parts. */
export const FOR_LASTGOOD = {
  lastgood: 'auto',
  'lastgood:soak': String(SOAK_MINUTES),
  'lastgood:cooldown': '0',
};

/** Makes a release bad on the embedded AWS. AWS gives it no meaning: there, the release itself answers errors. */
export function behaviourTags(errors: number): Readonly<Record<string, string>> {
  return { 'embedded-aws:errors': String(errors) };
}

/** The same for an object of S3 that is released. */
export function behaviourMetadata(errors: number): Record<string, string> {
  return { 'embedded-aws-errors': String(errors) };
}
