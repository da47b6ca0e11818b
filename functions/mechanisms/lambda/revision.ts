import type { Revision } from '../../../src/rollback/plan.ts';
import { LATEST } from './configuration.ts';
import type { Version } from './lambda.ts';

/**
 * Returns a revision. A published version never changes, so its number identifies it; `$LATEST` needs its code hash.
 */
export function revisionOf(
  functionName: string,
  { name, codeSha256 }: Pick<Version, 'name' | 'codeSha256'>,
): Revision {
  return { id: name === LATEST ? `${LATEST} ${codeSha256}` : name, name: nameOf(functionName, name) };
}

/** Returns a revision by the number of its version. */
export function numbered(functionName: string, version: string): Revision {
  return { id: version, name: nameOf(functionName, version) };
}

/** Returns `checkout:7`, as Lambda itself writes a version. */
export function nameOf(functionName: string, version: string): string {
  return `${functionName}:${version}`;
}
