import { firstWay, passedOver, type Examined } from '../../../src/rollback/first-way.ts';
import { provenIn } from '../../../src/ledger/among.ts';
import { isBefore } from '../../../src/rollback/blame.ts';
import type { Ready, Revision } from '../../../src/rollback/plan.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { LATEST } from './configuration.ts';
import type { Lambda, Version } from './lambda.ts';
import { whyNotInvocable } from './invocable.ts';
import { nameOf, numbered, revisionOf } from './revision.ts';
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
      /** Null: the ledger knows its content, and it was not read. */
      readonly version: Version | null;
      readonly notes: readonly string[];
    }
  | { readonly to: null; readonly notes: readonly string[] };

type Way = Omit<Extract<Choice, { source: unknown }>, 'notes'>;

/** Limits the reads: each candidate costs a call while the function is broken. */
const MAX_CANDIDATES = 6;

/** The version beside the one that is being introduced was there before any known time. */
const BEFORE = '1970-01-01T00:00:00.000Z';

type Seen = Pick<
  Survey,
  'entries' | 'known' | 'standing' | 'blame' | 'recent' | 'versions' | 'contents' | 'isShown' | 'name'
>;

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
 * Takes the first candidate. Lambda reclaims the resources of an idle version, and its invocations fail until Lambda
 * restores them: such a version is taken only where there is no other. A candidate whose content the ledger knows is
 * read only for a person: then Revert alone finds out whether it can still be invoked. An older candidate is no better:
 * it has been idle for longer, and tools that clean up delete the oldest first.
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
    const { version: number, source } = candidate;
    const version = await readIfNeeded(number, seen, lambda);
    if (version === null) return { blockers: ['it was deleted'] };
    const content = version?.content ?? seen.contents.get(number) ?? '';
    const reason = whyNotInvocable(version ?? null) ?? whyNotBefore(candidate, content, seen);
    if (reason !== null) return { blockers: [reason] };
    const to = version === undefined ? numbered(functionName, number) : revisionOf(functionName, version);
    const found = { to, source, content, version: version ?? null };
    if (version === undefined || version.state === 'Active') return { way: found, notes: [] };
    idle.push({ ...found, notes: [asleep(nameOf(functionName, number), version)] });
    return { blockers: [] };
  });
  if (way !== null) return { ...way, notes };
  const [first] = idle;
  return first === undefined ? { to: null, notes } : { ...first, notes: [...notes, ...first.notes] };
}

/** Returns null if it was deleted; undefined if it need not be read. */
async function readIfNeeded(
  number: string,
  { versions, contents, isShown, name }: Seen,
  lambda: Pick<Lambda, 'version'>,
): Promise<Version | null | undefined> {
  const known = versions.get(number);
  if (known !== undefined) return known;
  return !isShown && contents.has(number) ? undefined : lambda.version(name.functionName, number);
}

/** Compares content, not version numbers. Returns null if the version is older than the suspect and differs from it. */
function whyNotBefore({ since }: Candidate, content: string, seen: Seen): string | null {
  const { blame, recent, known, contents } = seen;
  if (since === undefined) return null;
  if (blame !== null && content === blame.suspect.content)
    return `it has the same content as ${blame.suspect.revision.name}, the suspect`;
  if ([...known.condemned].some((version) => contentOf(version, contents) === content))
    return 'the same content was at fault before, under another number';
  if (blame === null || isBefore({ content, since }, blame, recent)) return null;
  return `it is newer than ${blame.suspect.revision.name}, the suspect`;
}

function asleep(name: string, { state }: Version): string {
  return `${name} is ${state}: its first invocations may fail until Lambda has restored its resources`;
}
