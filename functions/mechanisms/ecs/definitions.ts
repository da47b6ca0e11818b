import type { Settings } from './content.ts';
import type { Ecs, TaskDefinition } from './ecs.ts';

/**
 * Limits the task definitions that one plan reads. ECS allows 50 reads at once and 20 a second, for all services of an
 * account and for its owner's own deployments.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/request-throttling.html
 */
export const MAX_DEFINITIONS = 2;

/** The task definitions that one plan reads, each once. */
export interface Definitions {
  /** Returns one that was read; undefined: it was not. */
  get(arn: string): TaskDefinition | undefined;
  /** Reads the first of these until the limit is reached. */
  read(arns: readonly string[]): Promise<void>;
  /** Returns the settings of those that were read and that ECS knows. */
  settings(): Settings;
}

export function definitionsOf(ecs: Pick<Ecs, 'taskDefinition'>, max = MAX_DEFINITIONS): Definitions {
  const known = new Map<string, TaskDefinition>();
  return {
    get: (arn) => known.get(arn),
    read: async (arns) => {
      const unread = [...new Set(arns)].filter((arn) => arn !== '' && !known.has(arn));
      const some = unread.slice(0, max - known.size);
      for (const one of await Promise.all(some.map((arn) => ecs.taskDefinition(arn))))
        known.set(one.arn, one);
    },
    settings: () =>
      new Map(
        [...known.values()].flatMap(({ arn, settings }) =>
          settings === null ? [] : [[arn, settings] as const],
        ),
      ),
  };
}
