import { provenIds } from '../../../../src/ledger/among.ts';
import type { Ledger } from '../../../../src/ledger/ledger.ts';
import type { Examining } from '../../../../src/readiness/examination.ts';
import type { Severity } from '../../../../src/readiness/finding.ts';
import { runningIn } from '../../../../src/readiness/returning.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Instant } from '../../../../src/rollback/request.ts';
import { nameOf, type ContainerImage, type Ecs, type TaskDefinition } from '../ecs.ts';
import { isTaskDefinition } from '../task-sets/revisions.ts';

/** A revision that a rollback may have to bring back, now or after the next release. */
export interface Subject {
  /** `checkout:42` */
  readonly name: string;
  readonly definition: TaskDefinition;
  /** With the digests that ECS resolved when it was deployed. */
  readonly images: readonly ContainerImage[];
  readonly createdAt: Instant;
  /** Where its tasks are registered; empty: unknown. */
  readonly targetGroups: readonly string[];
  readonly isBack: boolean;
  readonly isRunning: boolean;
  /** Adds why it matters: `the way back now`. */
  readonly as: string;
  /** What a defect of it means: `blocks`, where nothing else can be gone back to. */
  readonly defect: Severity;
}

interface Reads {
  readonly ecs: Pick<Ecs, 'revisions' | 'taskDefinition'>;
  readonly ledger: Pick<Ledger, 'entries'>;
}

/**
 * Returns the revisions to look at: the one that a rollback would bring back, or the newest proven one if it was passed
 * over, and the one that runs, which is the way back of the next release.
 */
export async function subjectsOf({ request, plan }: Examining, { ecs, ledger }: Reads) {
  const running = runningIn(plan);
  const proven = provenIds(await ledger.entries(request.target)).filter((id) => id !== running);
  const back = 'to' in plan ? plan.to.id : (proven[0] ?? deployedBefore(plan, running));
  const ids = [...new Set([back, running].filter((id) => id !== undefined))];
  const revisions = await revisionsOf(ids, ecs);
  return Promise.all(
    revisions.map(async ({ id, taskDefinition, ...rest }): Promise<Subject> => {
      const definition = await ecs.taskDefinition(taskDefinition);
      const isBack = id === back;
      return {
        ...rest,
        name: nameOf(taskDefinition),
        definition,
        images: rest.images.length > 0 ? rest.images : definition.images,
        isBack,
        isRunning: id === running,
        as: isBack ? 'the way back now' : 'the way back of the next release',
        defect: isBack && !('to' in plan) ? 'blocks' : 'risks',
      };
    }),
  );
}

/** Returns the newest revision that was deployed before the running one. */
function deployedBefore({ recent = [] }: Plan, running: string | undefined): string | undefined {
  return recent.find(({ state, revision }) => state === 'completed' && revision.id !== running)?.revision.id;
}

async function revisionsOf(ids: readonly string[], ecs: Reads['ecs']) {
  const known = await ecs.revisions(ids.filter((id) => !isTaskDefinition(id)));
  return ids.flatMap((id) => {
    if (isTaskDefinition(id))
      return [{ id, taskDefinition: id, images: [], createdAt: '', targetGroups: [] }];
    const found = known.find(({ arn }) => arn === id);
    if (found === undefined) return [];
    const { configuration, images, createdAt, targetGroups } = found;
    return [{ id, taskDefinition: configuration.taskDefinition, images, createdAt, targetGroups }];
  });
}
