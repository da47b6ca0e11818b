import type { Candidate } from '../candidate.ts';
import type { CodeDeployment } from './code-deploy.ts';
import type { History } from './history.ts';
import type { Survey } from './survey.ts';

/** Limits each source: each candidate costs calls while the service is broken. */
const MAX_CANDIDATES_PER_SOURCE = 6;

/**
 * Lists what the ledger has proven, newest first, then what the group deployed before, then what runs beside the
 * suspect.
 */
export function candidatesOf(
  { proven, deployments, deployed, sets }: Survey,
  { suspect, isFit }: History,
): readonly Candidate[] {
  const fit = (ids: readonly (string | null)[]) => ids.filter((id): id is string => id !== null && isFit(id));
  const known = fit(proven).slice(0, MAX_CANDIDATES_PER_SOURCE);
  const before = deployments
    .filter((one) => succeededBefore(one, suspect))
    .slice(0, MAX_CANDIDATES_PER_SOURCE);
  const once = before.map(deployed);
  const beside = sets.map(({ settings }) => settings.taskDefinition);
  const others = fit([...new Set([...once, ...beside])]).filter((id) => !known.includes(id));
  return [
    ...known.map((revision) => ({ revision, source: 'ledger' as const })),
    ...others.map((revision) => ({ revision, source: 'deployments' as const })),
  ];
}

export function succeededBefore(one: CodeDeployment, { id, createdAt }: CodeDeployment): boolean {
  if (one.id === id || one.status !== 'Succeeded' || one.finishedAt === null) return false;
  return Date.parse(one.finishedAt) <= Date.parse(createdAt);
}
