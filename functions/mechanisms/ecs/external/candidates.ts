import type { FoundIn } from '../candidate.ts';
import type { History } from '../task-sets/history.ts';
import type { Sides } from './sides.ts';
import type { Survey } from './survey.ts';

/** Limits the candidates from the ledger: each costs calls while the service is broken. */
const MAX_CANDIDATES = 6;

export interface Candidate {
  readonly taskDefinition: string;
  readonly source: FoundIn;
}

/**
 * Lists the requested revision, or what the ledger has proven, newest first, and then what older task sets still run.
 */
export function candidatesOf(
  { proven }: Survey,
  { older }: Sides,
  { isFit }: Pick<History, 'isFit'>,
  requested: string | undefined,
): readonly Candidate[] {
  if (requested !== undefined) return [{ taskDefinition: requested, source: 'request' }];
  const known = proven.filter(isFit).slice(0, MAX_CANDIDATES);
  const running = older
    .map(({ settings }) => settings.taskDefinition)
    .filter((id) => isFit(id) && !known.includes(id));
  return [
    ...known.map((taskDefinition) => ({ taskDefinition, source: 'ledger' as const })),
    ...[...new Set(running)].map((taskDefinition) => ({ taskDefinition, source: 'deployments' as const })),
  ];
}
