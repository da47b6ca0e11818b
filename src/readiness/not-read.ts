import { findIn, type Finding } from './finding.ts';
import { SHARED } from './ids/shared.ts';

const find = findIn(SHARED);

/**
 * Returns the finding for something that could not be read.
 * @param what the subject of the sentence, in the singular: `the lifecycle policy of shop/checkout`
 */
export function notRead(what: string, error: unknown): Finding {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  const cure = isDenied(name, message)
    ? 'Deploy the latest version of the stack, and see whether a boundary or a policy of the organization denies the call.'
    : 'Read the error, then check again: npx --no-install lastgood readiness TARGET.';
  return find('not-read', `${upper(what)} could not be read (${name}).`, cure);
}

function isDenied(name: string, message: string): boolean {
  return /AccessDenied|NotPermitted|Unauthorized|NotAuthorized/.test(`${name} ${message}`);
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
