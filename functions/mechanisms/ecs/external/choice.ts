import { firstWay, passedOver } from '../../../../src/rollback/first-way.ts';
import type { Candidate } from './candidates.ts';
import { blockerOf } from '../blockers.ts';
import { nameOf } from '../ecs.ts';
import { revisionOf } from '../task-sets/revisions.ts';
import type { Settings, TaskSet } from '../task-sets/task-sets.ts';
import type { Reads } from './clients.ts';
import { obstacleToSwitch, settingsFor } from './obstacles.ts';
import type { Sides } from './sides.ts';
import type { Survey } from './survey.ts';

/** The task definition to go back to and the ways there, if there is one, and the candidates that were passed over. */
export type Choice =
  | (Candidate & {
      readonly old: TaskSet | null;
      readonly settings: Settings | null;
      readonly notes: readonly string[];
    })
  | { readonly taskDefinition: null; readonly notes: readonly string[] };

/** Takes the first candidate that can be reached. */
export async function choose(
  candidates: readonly Candidate[],
  seen: Survey,
  sides: Sides,
  reads: Reads,
): Promise<Choice> {
  const says = (one: Candidate, why: string) => passedOver(nameOf(one.taskDefinition), why);
  const { way, notes } = await firstWay(candidates, says, async (candidate) => {
    const { old, settings, notes: found } = await waysTo(candidate, seen, sides, reads);
    if (old === null && settings === null) return { blockers: found };
    return { way: { ...candidate, old, settings }, notes: found };
  });
  return way === null ? { taskDefinition: null, notes } : { ...way, notes };
}

/** A requested revision may be one that was withdrawn: its task set is newer than the one in use. */
async function waysTo(
  { taskDefinition, source }: Candidate,
  seen: Survey,
  { atFault, older, idle }: Sides,
  reads: Reads,
) {
  const sets = source === 'request' ? [...older, ...idle] : older;
  const alive = sets.find(({ settings }) => settings.taskDefinition === taskDefinition) ?? null;
  const obstacle = alive === null ? null : obstacleToSwitch(alive, atFault);
  const { settings, notes } = await renewal(taskDefinition, seen, atFault, reads);
  return {
    old: obstacle === null ? alive : null,
    settings,
    notes: [...(obstacle === null ? [] : [`its task set cannot be used: ${obstacle}`]), ...notes],
  };
}

async function renewal(
  taskDefinition: string,
  { sets, forwardings }: Survey,
  atFault: TaskSet,
  reads: Reads,
) {
  const [wanted, bad] = [
    revisionOf(taskDefinition, reads.definitions),
    revisionOf(atFault.settings.taskDefinition, reads.definitions),
  ];
  const { reason, doubts } = await blockerOf(wanted, bad, reads);
  if (reason !== null) return { settings: null, notes: [`a new task set cannot be started: ${reason}`] };
  const settings = settingsFor(taskDefinition, atFault, sets, forwardings);
  if (settings !== null) return { settings, notes: doubts };
  return {
    settings: null,
    notes: ['a new task set cannot be started: there is no free target group beside the one in use'],
  };
}
