import type { Entry, Ledger } from '../../src/ledger/ledger.ts';
import type { Judgeable } from '../../src/rollback/document.ts';
import type { Found, OtherDeployment } from '../../src/rollback/facts.ts';
import type { Instant } from '../../src/rollback/request.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { after, isAfter } from '../../src/rollback/time.ts';
import { problemOfTarget } from '../../src/targets/target.ts';
import { optional } from './optional.ts';

/** Each dependency costs a query. */
const MAX_DEPENDENCIES = 5;

const LOOK_BACK_SECONDS = 4 * 3600;

/**
 * Reads from the ledger the deployments of the last four hours of the targets in the tag `lastgood:needs`. The ledger
 * knows when a deployment completed, and nothing about one in flight. Absent: the tag names no target.
 */
export async function otherDeployments(
  ledger: Pick<Ledger, 'entries'>,
  { plan }: Judgeable,
  now: Instant,
  withinMs?: number,
): Promise<Found<readonly OtherDeployment[]> | undefined> {
  const { needs = [] } = readSettings(plan.tags);
  const targets = needs.filter((word) => problemOfTarget(word) === null);
  if (targets.length === 0) return undefined;
  const since = after(now, -LOOK_BACK_SECONDS);
  return optional(async () => {
    const read = targets.slice(0, MAX_DEPENDENCIES).map((target) => ledger.entries(target));
    return (await Promise.all(read)).flat().flatMap((entry) => deploymentIn(entry, since));
  }, withinMs);
}

/** Returns the deployment of a ledger entry. The ledger does not know when a condemned revision was deployed. */
function deploymentIn(entry: Entry, since: Instant): readonly OtherDeployment[] {
  if (entry.state === 'condemned' || isAfter(since, entry.completedAt)) return [];
  const { target, completedAt: startedAt } = entry;
  const notBefore = 'notBefore' in entry ? { notBefore: entry.notBefore } : {};
  return [{ target, relation: 'dependency', startedAt, ...notBefore, isEnd: true }];
}
