import { sightBeforeChange } from '../../../src/ledger/last-sight.ts';
import type { ObservedRevision } from '../../../src/ledger/ledger.ts';
import type { Tags } from '../../../src/rollback/plan.ts';
import type { Deployed, ObservedDeployment, Seen, Sight, Unit } from '../../../src/targets/kind.ts';
import { stageOf, targetOf } from '../../../src/targets/kinds/apigateway/target.ts';
import { textOf, type Configuration } from './configuration.ts';
import type { Gateway, NamedStage } from './gateway.ts';
import { deploymentId, isStill, observedIn } from './history.ts';
import { revisionOf } from './side.ts';

/** Returns what a page shows of a stage. */
export function seenOf(unit: Unit, stage: NamedStage): Seen {
  const target = targetOf({ api: unit.name, stage: stage.name });
  return { unit, target, content: textOf(stage), observed: (sight) => observedAt(target, stage, sight) };
}

/**
 * Returns the present configuration as a completed deployment, if it is not what the ledger observed last. This holds for
 * a canary too: only its first sight shows when it began. `deployed` lets it be proven only after its end.
 */
async function observedAt(
  target: string,
  configuration: Configuration,
  sight: Sight,
): Promise<readonly ObservedDeployment[]> {
  const entries = await sight.entries();
  const [newest] = observedIn(entries);
  if (newest !== undefined && textOf(newest.configuration) === textOf(configuration)) return [];
  const { at, before } = sight;
  const since = sightBeforeChange(before, entries);
  const deployment = deploymentId(configuration, at);
  return [{ target, deployment, state: 'completed', at, ...since, reason: '' }];
}

/**
 * Reads one stage. A running canary proves nothing, so the sweep polls it until it has ended. Neither does a stage that is
 * not opted in.
 */
export async function deployed(
  gateway: Pick<Gateway, 'stage'>,
  { target, deployment }: ObservedRevision,
  tags: Tags | undefined,
): Promise<Deployed | null> {
  const stage = await gateway.stage(stageOf(target));
  if (stage === null) return null;
  const runs = stage.canary === null && tags !== undefined ? 'alone' : 'unclear';
  return {
    revision: { ...revisionOf(stage.stage), content: stage.stage },
    runs: isStill(deployment, stage) ? runs : 'gone',
    tags: tags ?? {},
    alarms: [],
  };
}
