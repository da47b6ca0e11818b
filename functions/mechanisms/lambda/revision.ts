import type { Revision } from '../../../src/rollback/plan.ts';
import { LATEST } from './configuration.ts';
import type { Version } from './lambda.ts';

/** A published version never changes, so that its number is enough; what `$LATEST` is at a time, its code says. */
export function revisionOf(
  functionName: string,
  { name, codeSha256 }: Pick<Version, 'name' | 'codeSha256'>,
): Revision {
  return { id: name === LATEST ? `${LATEST} ${codeSha256}` : name, name: nameOf(functionName, name) };
}

/** `checkout:7`, as Lambda itself writes a version. */
export function nameOf(functionName: string, version: string): string {
  return `${functionName}:${version}`;
}
