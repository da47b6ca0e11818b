import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import { provenIn } from '../../../src/ledger/among.ts';
import { isBefore } from '../../../src/rollback/blame.ts';
import type { Ready, Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { LATEST } from './configuration.ts';
import type { Lambda, Version } from './lambda.ts';
import { nameOf, revisionOf } from './revision.ts';
import { contentOf } from './rollouts.ts';
import type { Survey } from './survey.ts';

/** A version that may be the last known good, and the source that says so. Candidates are sorted, best first. */
export interface Candidate {
  readonly version: string;
  readonly source: Ready['source'];
  /** When it was last introduced; absent: a request names it. */
  readonly since?: Instant;
}

/** The version to go back to, if there is one, and the candidates that were passed over. */
export type Choice =
  | {
      readonly to: Revision;
      readonly source: Ready['source'];
      readonly content: string;
      readonly notes: readonly string[];
    }
  | { readonly to: null; readonly notes: readonly string[] };

type Way = Omit<Extract<Choice, { source: unknown }>, 'notes'>;

/** Limits the reads: each candidate costs a call while the function is broken. */
const MAX_CANDIDATES = 6;

/** The version beside the one that is being introduced was there before any known time. */
const BEFORE = '1970-01-01T00:00:00.000Z';

type Seen = Pick<Survey, 'entries' | 'known' | 'standing' | 'blame' | 'recent' | 'versions' | 'name'>;

/**
 * Returns the versions that the ledger has proven, newest first. Then comes the version beside the one that is being
 * introduced, which was there before it. Age alone proves nothing, so without these there is no candidate.
 */
export function candidatesOf(
  { entries, known, standing, blame }: Seen,
  requested: string | undefined,
): readonly Candidate[] {
  if (requested !== undefined) return [{ version: requested, source: 'request' }];
  const suspect = blame?.suspect.revision.id ?? standing.introduced;
  const isFit = (version: string) =>
    version !== suspect && !version.startsWith(LATEST) && !known.condemned.has(version);
  const proven = provenIn(entries)
    .map(({ revision, completedAt }) => ({ version: revision.id, since: completedAt }))
    .filter(({ version }) => isFit(version))
    .slice(0, MAX_CANDIDATES);
  const beside = [standing.beside ?? ''].filter(
    (version) => version !== '' && isFit(version) && !proven.some((one) => one.version === version),
  );
  return [
    ...proven.map((one) => ({ ...one, source: 'ledger' as const })),
    ...beside.map((version) => ({ version, source: 'deployments' as const, since: BEFORE })),
  ];
}

/**
 * Takes the first candidate that can be invoked at once. Lambda reclaims the resources of an idle version, and its
 * invocations fail until Lambda restores them. Such a version is taken only where there is no other.
 */
export async function choose(
  seen: Seen,
  candidates: readonly Candidate[],
  lambda: Pick<Lambda, 'version'>,
): Promise<Choice> {
  const { functionName } = seen.name;
  const says = ({ version }: Candidate, why: string) => passedOver(nameOf(functionName, version), why);
  const idle: Extract<Choice, { source: unknown }>[] = [];
  const { way, notes } = await firstWay(candidates, says, async (candidate): Promise<Examined<Way>> => {
    const version =
      seen.versions.get(candidate.version) ?? (await lambda.version(functionName, candidate.version));
    if (version === null) return { blockers: ['it was deleted'] };
    const reason = blocker(version) ?? whyNotBefore(candidate, version, seen);
    if (reason !== null) return { blockers: [reason] };
    const { content, state } = version;
    const found = { to: revisionOf(functionName, version), source: candidate.source, content };
    if (state === 'Active') return { way: found, notes: [] };
    idle.push({ ...found, notes: [asleep(nameOf(functionName, candidate.version), version)] });
    return { blockers: [] };
  });
  if (way !== null) return { ...way, notes };
  const [first] = idle;
  return first === undefined ? { to: null, notes } : { ...first, notes: [...notes, ...first.notes] };
}

/** Compares content, not version numbers. Returns null if the version is older than the suspect and differs from it. */
function whyNotBefore({ since }: Candidate, { content }: Version, seen: Seen): string | null {
  const { blame, recent, known, versions } = seen;
  if (since === undefined) return null;
  if (blame !== null && content === blame.suspect.content)
    return `it has the same content as ${blame.suspect.revision.name}, the suspect`;
  if ([...known.condemned].some((version) => contentOf(version, versions) === content))
    return 'the same content was at fault before, under another number';
  if (blame === null || isBefore({ content, since }, blame, recent)) return null;
  return `it is newer than ${blame.suspect.revision.name}, the suspect`;
}

/**
 * Returns why a version cannot be invoked, or null.
 * https://docs.aws.amazon.com/lambda/latest/dg/functions-states.html
 */
function blocker({ state }: Version): string | null {
  return ['Active', 'Inactive', 'Pending'].includes(state) ? null : `it is ${state}`;
}

function asleep(name: string, { state }: Version): string {
  return `${name} is ${state}: its first invocations may fail until Lambda has restored its resources`;
}
