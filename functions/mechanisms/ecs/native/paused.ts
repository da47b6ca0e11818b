import type { BothSides, Followed, Pause } from '../../../../src/lookout/document.ts';
import { sharesGroups } from '../../../../src/lookout/count.ts';
import type { Sided } from '../../../../src/lookout/sided.ts';
import type { Tags } from '../../../../src/rollback/plan.ts';
import { readSettings } from '../../../../src/rollback/settings.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import type { Ecs } from '../ecs.ts';
import { testProbesOf, type ReadTestListener } from '../traffic/test-listener.ts';
import type { AtStage, Stages } from './stages.ts';
import { refusalOf } from './stop.ts';

interface Clients {
  readonly ecs: Pick<Ecs, 'service' | 'revisions'>;
  readonly stages: Stages;
  readonly testListener: ReadTestListener;
}

type Sides = Omit<BothSides, 'at'>;

/**
 * Adds the pause at which a deployment waits, and the probes that reach only its new revision. Reads the stage in flight
 * only, and only where a tag asks for it.
 * @param before the sides of the reading before: the listener is read once
 */
export async function withStage(sides: Sides, before: Followed['sides'], clients: Clients): Promise<Sides> {
  const { probes } = readSettings(sides.tags);
  const mayTest = probes.length > 0 && !sharesGroups({ ...sides, at: '' });
  if (sides.finishedAt !== undefined || (!mayAnswer(sides.tags) && !mayTest)) return sides;
  const at = await clients.stages.of(sides.deployment);
  if (at === null) return sides;
  const pause = mayAnswer(sides.tags) ? pauseIn(at) : null;
  const isTested = mayTest && at.takesTests && !at.takesUsers;
  const kept = before?.state === 'sides' ? before.testProbes : undefined;
  return {
    ...sides,
    ...(pause !== null && { pause }),
    ...(isTested && { testProbes: kept ?? (await testProbes(sides, probes, clients)) }),
  };
}

/** Returns the sides as they were read before, if the deployment still waits at the same pause. Null: it does not. */
export async function stillPaused(
  before: Followed['sides'],
  tags: Tags,
  { stages }: Pick<Clients, 'stages'>,
): Promise<Sides | null> {
  if (before?.state !== 'sides' || before.pause === undefined || !mayAnswer(tags)) return null;
  const now = await stages.of(before.deployment);
  return now?.hook?.id === before.pause.hook ? { ...withoutInstant(before), tags } : null;
}

function withoutInstant({ at: _, ...sides }: BothSides): Sides {
  return sides;
}

/**
 * Lets a deployment go on from its pause, if the service still allows it. A hook that has moved on since is no error: a
 * person, the timeout or an earlier call answered it.
 */
export function passWith({ ecs, stages }: Clients): NonNullable<Sided['pass']> {
  return async ({ target, sides }, { hook }) => {
    if (sides?.state !== 'sides') return;
    const service = await ecs.service(serviceOf(target));
    if (service === null || !mayAnswer(service.tags)) return;
    await refusalOf(stages.goOn(sides.deployment, hook));
  };
}

function mayAnswer(tags: Tags): boolean {
  const { gate, mode } = readSettings(tags);
  return gate && (mode === 'auto' || mode === 'approve');
}

function pauseIn({ stage, hook, takesUsers }: AtStage): Pause | null {
  if (hook === null) return null;
  return {
    hook: hook.id,
    stage,
    ...(hook.endsAt !== null && { endsAt: hook.endsAt }),
    ...(!takesUsers && { isBefore: true as const }),
  };
}

async function testProbes(
  { newer }: Sides,
  probes: readonly string[],
  { ecs, testListener }: Clients,
): Promise<readonly string[]> {
  const [revision] = await ecs.revisions([newer.revision.id]);
  return testProbesOf(revision?.configuration.loadBalancers ?? [], probes, testListener);
}
