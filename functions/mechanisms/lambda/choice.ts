import type { Ready, Revision } from '../../../src/rollback/plan.ts';
import { LATEST } from './configuration.ts';
import type { Lambda, Version } from './lambda.ts';
import { nameOf, revisionOf } from './revision.ts';
import type { Survey } from './survey.ts';

/** A version that may be the last known good, best first, and who says so. */
export interface Candidate {
  readonly version: string;
  readonly source: Ready['source'];
}

/** The version to go back to, or that there is none; and what was passed over on the way. */
export type Choice =
  | { readonly to: Revision; readonly source: Ready['source']; readonly notes: readonly string[] }
  | { readonly to: null; readonly notes: readonly string[] };

/** As many as are looked at: each costs a call while the function is broken. */
const MOST = 6;

/**
 * What the ledger has proven, newest first; after that the version beside the one that is being brought in, which was
 * there before it. Without either there is none: that a version is older says nothing for it.
 */
export function candidatesOf(
  { entries, known, standing }: Pick<Survey, 'entries' | 'known' | 'standing'>,
  requested: string | undefined,
): readonly Candidate[] {
  if (requested !== undefined) return [{ version: requested, source: 'request' }];
  const isFit = (version: string) =>
    version !== standing.introduced && !version.startsWith(LATEST) && !known.condemned.has(version);
  const proven = entries
    .flatMap((entry) => (entry.state === 'proven' ? [entry.revision.id] : []))
    .filter(isFit)
    .slice(0, MOST);
  const beside = [standing.beside ?? ''].filter(
    (version) => version !== '' && isFit(version) && !proven.includes(version),
  );
  return [
    ...proven.map((version) => ({ version, source: 'ledger' as const })),
    ...beside.map((version) => ({ version, source: 'deployments' as const })),
  ];
}

/**
 * Takes the first candidate that can be invoked at once. One that was idle for so long that Lambda took its resources
 * back fails until it has them again, so it is taken only where there is no other.
 */
export async function choose(
  functionName: string,
  candidates: readonly Candidate[],
  lambda: Pick<Lambda, 'version'>,
): Promise<Choice> {
  const notes: string[] = [];
  let idle: Extract<Choice, { source: unknown }> | null = null;
  for (const { version: number, source } of candidates) {
    const name = nameOf(functionName, number);
    const version = await lambda.version(functionName, number);
    const reason = version === null ? 'it was deleted' : hindrance(version);
    if (version === null || reason !== null) {
      notes.push(`passed over ${name}: ${reason ?? ''}`);
      continue;
    }
    const to = revisionOf(functionName, version);
    if (version.state === 'Active') return { to, source, notes };
    idle ??= { to, source, notes: [asleep(name, version)] };
  }
  return idle === null ? { to: null, notes } : { ...idle, notes: [...notes, ...idle.notes] };
}

/** Why a version cannot be invoked, or null. https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html */
function hindrance({ state }: Version): string | null {
  return ['Active', 'Inactive', 'Pending'].includes(state) ? null : `it is ${state}`;
}

function asleep(name: string, { state }: Version): string {
  return `${name} is ${state}: its first invocations may fail until Lambda has its resources again`;
}
