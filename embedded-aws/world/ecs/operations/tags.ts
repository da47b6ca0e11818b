import type {
  ListTagsForResourceCommandInput,
  ListTagsForResourceCommandOutput,
  TagResourceCommandInput,
  UntagResourceCommandInput,
} from '@aws-sdk/client-ecs';
import { askedInTags } from '../../asked.ts';
import type { Access, Operation } from '../../service.ts';
import { fromTags, toTags, type Answer } from '../answer.ts';
import { client, invalid } from '../errors.ts';
import type { Tags, TaskSet } from '../model.ts';
import type { EcsState } from '../state.ts';
import { findTaskDefinition } from '../task-definitions.ts';

/**
 * Lists tags. Clusters, services, task sets and task definitions have them.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html
 */
export function tagOperations(ecs: EcsState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ resourceArn = '' }: { readonly resourceArn?: string | undefined }): readonly Access[] => [
      { action: `ecs:${action}`, resource: resourceArn, tags: find(ecs, resourceArn) ?? {} },
    ];
  return {
    TagResource: {
      authorize: authorize('TagResource'),
      run: ({ resourceArn = '', tags = [] }: TagResourceCommandInput) => {
        refuseReserved(tags.map(({ key = '' }) => key));
        const present = get(ecs, resourceArn);
        if (isTaskDefinition(resourceArn)) askedInTags(toTags(tags), invalid);
        Object.assign(present, toTags(tags));
        return {};
      },
    },
    UntagResource: {
      authorize: authorize('UntagResource'),
      run: ({ resourceArn = '', tagKeys = [] }: UntagResourceCommandInput) => {
        const tags = get(ecs, resourceArn);
        for (const key of tagKeys) Reflect.deleteProperty(tags, key);
        return {};
      },
    },
    ListTagsForResource: {
      authorize: authorize('ListTagsForResource'),
      run: ({
        resourceArn = '',
      }: ListTagsForResourceCommandInput): Answer<ListTagsForResourceCommandOutput> => ({
        tags: fromTags(get(ecs, resourceArn)),
      }),
    },
  };
}

function refuseReserved(keys: readonly string[]): void {
  if (keys.some((key) => key.toLowerCase().startsWith('aws:')))
    throw invalid('The tag key prefix aws: is reserved.');
}

function find(ecs: EcsState, arn: string): Tags | undefined {
  if (isTaskDefinition(arn)) return findTaskDefinition(ecs, arn)?.tags;
  if (arn.includes(':task-set/')) return taskSets(ecs).find((set) => set.arn === arn)?.tags;
  return ecs.services.get(arn)?.tags ?? ecs.clusters.get(arn)?.tags;
}

function isTaskDefinition(arn: string): boolean {
  return arn.includes(':task-definition/');
}

function taskSets(ecs: EcsState): readonly TaskSet[] {
  return [...ecs.services.values()].flatMap((service) => service.taskSets);
}

function get(ecs: EcsState, arn: string): Tags {
  const tags = find(ecs, arn);
  if (tags === undefined) throw client(`The specified resource does not exist: ${arn}`);
  return tags;
}
