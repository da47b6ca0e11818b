import type { Tag } from '@aws-sdk/client-cloudformation';
import { isRecord, type Properties, type ResourceType } from './resource-type.ts';
import type { Stack } from './stack.ts';

/**
 * Adds the stack's tags and CloudFormation's own to the properties of a resource whose type takes tags.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-resource-tags.html
 */
export function withTags(
  stack: Stack,
  id: string,
  { tags }: Pick<ResourceType, 'tags'>,
  properties: Properties,
): Properties {
  if (tags === undefined) return properties;
  const own = tags === 'map' ? listOf(properties['Tags']) : ((properties['Tags'] ?? []) as readonly Tag[]);
  const all = new Map([...stack.tags, ...system(stack, id), ...own].map((tag) => [tag.Key, tag]));
  if (tags === 'map')
    return {
      ...properties,
      Tags: Object.fromEntries([...all.values()].map(({ Key, Value }) => [Key, Value])),
    };
  const propagated = tags === 'propagated' ? { PropagateAtLaunch: true } : {};
  return { ...properties, Tags: [...all.values()].map((tag) => ({ ...propagated, ...tag })) };
}

function listOf(map: unknown): readonly Tag[] {
  return Object.entries(isRecord(map) ? map : {}).map(([Key, Value]) => ({ Key, Value: String(Value) }));
}

function system({ id: stackId, name }: Stack, id: string): readonly Tag[] {
  return [
    { Key: 'aws:cloudformation:stack-name', Value: name },
    { Key: 'aws:cloudformation:stack-id', Value: stackId },
    { Key: 'aws:cloudformation:logical-id', Value: id },
  ];
}
