import { firstWay, passedOver } from '../../../../src/rollback/first-way.ts';
import type { Candidate } from './candidates.ts';
import { blockerOf } from '../blockers.ts';
import { mayDifferFrom } from '../doubts.ts';
import { nameOf, type ServiceRevision } from '../ecs.ts';
import { missingImage } from '../image-blockers.ts';
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
      /** Why a person must decide. Absent: nothing is in doubt. */
      readonly doubt?: string;
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
    const { notes: found, ...ways } = await waysTo(candidate, seen, sides, reads);
    if (ways.old === null && ways.settings === null) return { blockers: found };
    return { way: { ...candidate, ...ways }, notes: found };
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
  const wanted = revisionOf(taskDefinition, reads.definitions);
  const bad = revisionOf(atFault.settings.taskDefinition, reads.definitions);
  const obstacle =
    alive === null ? null : (obstacleToSwitch(alive, atFault) ?? (await grown(alive, wanted, bad, reads)));
  const old = obstacle === null ? alive : null;
  const { settings, notes, mayDiffer } = await renewal(wanted, bad, seen, atFault, reads);
  if (old === null || !isWhole(old)) reads.looks.insist();
  const said = [...(obstacle === null ? [] : [`its task set cannot be used: ${obstacle}`]), ...notes];
  if (mayDiffer === null) return { old, settings, notes: said };
  if (old !== null && isWhole(old)) return { old, settings: null, notes: said };
  return { old, settings, notes: said, doubt: mayDifferFrom(nameOf(taskDefinition), mayDiffer) };
}

function isWhole({ scale }: TaskSet): boolean {
  return scale >= 100;
}

/** Returns why a task set that must grow cannot, or null: its new tasks pull what the name of an image leads to now. */
async function grown(alive: TaskSet, wanted: ServiceRevision, bad: ServiceRevision, { looks }: Reads) {
  return isWhole(alive) ? null : missingImage(wanted, bad, looks);
}

async function renewal(
  wanted: ServiceRevision,
  bad: ServiceRevision,
  { sets, forwardings }: Survey,
  atFault: TaskSet,
  reads: Reads,
) {
  const { reason, doubts, mayDiffer } = await blockerOf(wanted, bad, reads);
  const settings = reason === null ? settingsFor(wanted.arn, atFault, sets, forwardings) : null;
  if (settings !== null) return { settings, notes: doubts, mayDiffer };
  const why = reason ?? 'there is no free target group beside the one in use';
  return { settings, notes: [`a new task set cannot be started: ${why}`], mayDiffer };
}
