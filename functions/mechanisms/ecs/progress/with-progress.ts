import type { Plannable } from '../../../../src/rollback/document.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Service } from '../ecs.ts';
import { serviceOf } from '../../../../src/targets/kinds/ecs/target.ts';
import type { TaskSets } from '../task-sets/task-sets.ts';
import type { Tasks } from '../tasks/tasks.ts';
import { progressOf, tasksBeside } from './progress.ts';
import { rolloutSide, sideOf, type Side } from './side.ts';

interface Reads {
  readonly taskSets: Pick<TaskSets, 'of'>;
  readonly tasks: Tasks;
  readonly now: () => string;
}

/** Adds the progress of the tasks in flight if the request reports a stalled deployment. Costs two to four calls. */
export async function withProgress<P extends Plan>(
  plan: P,
  { request }: Pick<Plannable, 'request'>,
  service: Service,
  reads: Reads,
): Promise<P> {
  const { deployment } = plan;
  const { trigger } = request;
  const isAsked = trigger?.type === 'deployment' && trigger.sign === 'stalled';
  if (!isAsked || deployment?.state !== 'in-flight') return plan;
  const name = serviceOf(request.target);
  const side = await sideWith(deployment.id, service, reads, name);
  if (side === null) return plan;
  const tasks = await tasksBeside(side, name, reads.tasks);
  return { ...plan, deployment: { ...deployment, progress: progressOf(side, service, tasks, reads.now()) } };
}

/** Returns the side: a task set is the deployment itself, or names CodeDeploy's. */
async function sideWith(
  deployment: string,
  service: Service,
  { taskSets }: Pick<Reads, 'taskSets'>,
  name: ReturnType<typeof serviceOf>,
): Promise<Side | null> {
  if (service.controller === 'ECS') return rolloutSide(service);
  const sets = await taskSets.of(name);
  const set = sets.find(({ arn, externalId }) => arn === deployment || externalId === deployment);
  return set === undefined ? null : sideOf(set);
}
