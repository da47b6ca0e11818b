import type { Service } from '../ecs.ts';
import type { ServiceName } from '../../../../src/targets/kinds/ecs/target.ts';
import type { TaskSet, TaskSets } from './task-sets.ts';

/**
 * Returns the task sets of a service, without their tags. Its description shows them, but AWS does not say whether it
 * shows all. One that lacks an expected task set is not believed, and they are listed in another call.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_Service.html
 * Unknown: task-sets-of-a-service.
 *
 * @param expected ARNs; if there is none, the primary task set is expected
 */
export async function setsIn(
  { taskSets: shown }: Service,
  expected: readonly string[],
  taskSets: Pick<TaskSets, 'of'>,
  name: ServiceName,
): Promise<readonly TaskSet[]> {
  const isWhole =
    expected.length === 0
      ? shown.some(({ isPrimary }) => isPrimary)
      : expected.every((arn) => shown.some((set) => set.arn === arn));
  return isWhole ? shown : taskSets.of(name);
}
