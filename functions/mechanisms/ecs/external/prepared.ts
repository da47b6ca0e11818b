import type { Planned } from '../../../../src/lookout/from-plan.ts';
import { isAfter } from '../../../../src/rollback/time.ts';
import type { Service } from '../ecs.ts';
import { toRevision } from '../task-sets/revisions.ts';
import { isOwn } from './external-id.ts';

/**
 * Returns the deployments of a service with the one that its controller prepares: a newer task set, of a task definition
 * that never ran. A plan names it only once it has traffic, and a lookout begins before.
 */
export function withPrepared<Plan extends Planned>(plan: Plan, { controller, taskSets }: Service): Plan {
  const { recent = [] } = plan;
  const [serving] = recent;
  const [newest] = taskSets;
  if (controller !== 'EXTERNAL' || serving === undefined || newest === undefined) return plan;
  const { arn: id, createdAt: startedAt, isPrimary, wanted } = newest;
  const revision = toRevision(newest.settings.taskDefinition);
  const isNew =
    isAfter(startedAt, serving.startedAt) && recent.every((one) => one.revision.id !== revision.id);
  if (!isNew || isPrimary || wanted === 0 || isOwn(newest)) return plan;
  return {
    ...plan,
    recent: [{ id, state: 'in-flight', startedAt, revision, isRollback: false }, ...recent],
  };
}
