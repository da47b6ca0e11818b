import { sightBeforeChange } from '../../../src/ledger/last-sight.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, ObservedDeployment, Seen, Sight, Unit } from '../../../src/targets/kind.ts';
import { aliasOf, targetOf } from '../../../src/targets/kinds/lambda/target.ts';
import type { NamedAlias } from './aliases.ts';
import { LATEST, second, versionsOf } from './configuration.ts';
import { deploymentId, isStill } from './deployment-id.ts';
import type { Lambda } from './lambda.ts';
import { revisionOf } from './revision.ts';

/**
 * Returns what a page shows of an alias. None of `$LATEST`: it changes while the alias does not, so there is no revision
 * to prove.
 */
export function seenOf(unit: Unit, alias: NamedAlias): readonly Seen[] {
  if (versionsOf(alias).includes(LATEST)) return [];
  const target = targetOf({ functionName: unit.name, alias: alias.name });
  const deployment = deploymentId(alias);
  const observed = (sight: Sight) => observedAt(target, deployment, sight);
  return [{ unit, target, content: deployment, observed }];
}

/**
 * Returns the present configuration as a completed deployment, if the ledger does not know it. This holds for a canary
 * too: only its first sight shows when it began. `deployed` lets it be proven only after its end.
 * Unknown: alias-change-time.
 */
async function observedAt(
  target: string,
  deployment: string,
  sight: Sight,
): Promise<readonly ObservedDeployment[]> {
  const entries = await sight.entries();
  if (entries.some((entry) => 'deployment' in entry && entry.deployment === deployment)) return [];
  const { at, before } = sight;
  const since = sightBeforeChange(before, entries);
  return [{ target, deployment, state: 'completed', at, ...since, reason: '' }];
}

/**
 * Reads one alias and its version. A running canary proves nothing, so the sweep polls it until it has ended. Neither
 * does an alias whose function is not opted in.
 */
export async function deployed(
  lambda: Pick<Lambda, 'alias' | 'version'>,
  { target, deployment }: ObservedRevision,
  tags: Tags | undefined,
): Promise<Deployed | null> {
  const name = aliasOf(target);
  const alias = await lambda.alias(name);
  if (alias === null) return null;
  const version = await lambda.version(name.functionName, alias.version);
  if (version === null) return null;
  const runs = second(alias) === null && tags !== undefined ? 'alone' : 'unclear';
  return {
    revision: { ...revisionOf(name.functionName, version), content: version.content },
    runs: isStill(deployment, alias) ? runs : 'gone',
    tags: tags ?? {},
    alarms: [],
  };
}
