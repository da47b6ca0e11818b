import type { BothSides, Followed, Pause } from '../../../../src/lookout/document.ts';
import { sharesGroups } from '../../../../src/lookout/count.ts';
import type { Sided } from '../../../../src/lookout/sided.ts';
import type { Tags } from '../../../../src/rollback/plan.ts';
import { readSettings } from '../../../../src/rollback/settings.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import type { Ecs, Service } from '../ecs.ts';
import { testProbesOf, type ReadTestListener } from '../traffic/test-listener.ts';
import type { AtStage, Stages } from './stages.ts';
import { refusalOf } from './stop.ts';

interface Clients {
  readonly ecs: Pick<Ecs, 'service' | 'revisions'>;
  readonly stages: Stages;
  readonly testListener: ReadTestListener;
  readonly now: () => string;
}

type Sides = Omit<BothSides, 'at'>;
type Shift = NonNullable<BothSides['shift']>;

/**
 * Adds when traffic of users moved to the new revision, the pause at which a deployment waits, and the probes that reach
 * only the new revision. Reads the stage in flight only, and only where there are two sides to move between or a tag asks
 * for it.
 * @param before the sides of the reading before: the listener is read once
 */
export async function withStage(sides: Sides, before: Followed['sides'], clients: Clients): Promise<Sides> {
  const hasTwoGroups = !sharesGroups({ ...sides, at: '' });
  if (sides.finishedAt !== undefined || (!readSettings(sides.tags).gate && !hasTwoGroups)) return sides;
  const at = await clients.stages.of(sides.deployment);
  return at === null ? sides : atStage(sides, at, before?.state === 'sides' ? before : null, clients);
}

async function atStage(
  sides: Sides,
  at: AtStage,
  before: BothSides | null,
  clients: Pick<Clients, 'ecs' | 'testListener' | 'now'>,
): Promise<Sides> {
  const { gate, probes } = readSettings(sides.tags);
  const hasTwoGroups = !sharesGroups({ ...sides, at: '' });
  const pause = gate ? pauseIn(at) : null;
  const isTested = hasTwoGroups && probes.length > 0 && at.takesTests && !at.takesUsers;
  const shift = hasTwoGroups ? shiftOf(at, before, clients.now()) : null;
  return {
    ...sides,
    ...(shift !== null && { shift }),
    ...(pause !== null && { pause }),
    ...(isTested && { testProbes: before?.testProbes ?? (await testProbes(sides, probes, clients)) }),
  };
}

/** Returns between which readings traffic moved. Null: it had moved before the first one. */
function shiftOf({ takesUsers }: AtStage, before: BothSides | null, now: string): Shift | null {
  if (!takesUsers) return { after: now };
  const { shift } = before ?? {};
  return shift === undefined ? null : { after: shift.after, by: shift.by ?? now };
}

/**
 * Returns the sides as they were read before, with the present stage, while nothing else is worth a plan: the deployment
 * waits at the same pause, or for its shift. Null: it does not.
 */
export async function stillAtStage(
  before: Followed['sides'],
  { tags, currentDeployment }: Pick<Service, 'tags' | 'currentDeployment'>,
  clients: Clients,
): Promise<Sides | null> {
  if (before?.state !== 'sides' || currentDeployment !== before.deployment) return null;
  const { shift, pause } = before;
  const isMoving = shift !== undefined && shift.by === undefined;
  if (!isMoving && (pause === undefined || !mayAnswer(tags))) return null;
  const now = await clients.stages.of(before.deployment);
  if (now === null || (!isMoving && now.hook?.id !== pause?.hook)) return null;
  return atStage({ ...withoutStage(before), tags }, now, before, clients);
}

function withoutStage(before: BothSides): Sides {
  const left = new Set(['at', 'shift', 'pause', 'testProbes']);
  return Object.fromEntries(Object.entries(before).filter(([name]) => !left.has(name))) as unknown as Sides;
}

/**
 * Lets a deployment go on from its pause, if the service still allows it. A hook that has moved on since is no error: a
 * person, the timeout or an earlier call answered it.
 */
export function passWith({ ecs, stages }: Pick<Clients, 'ecs' | 'stages'>): NonNullable<Sided['pass']> {
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
  { ecs, testListener }: Pick<Clients, 'ecs' | 'testListener'>,
): Promise<readonly string[]> {
  const [revision] = await ecs.revisions([newer.revision.id]);
  return testProbesOf(revision?.configuration.loadBalancers ?? [], probes, testListener);
}
