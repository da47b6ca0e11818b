import type {
  AddTagsToResourceRequest,
  DeleteParameterRequest,
  ListTagsForResourceResult,
  RemoveTagsFromResourceRequest,
  Tag,
} from '@aws-sdk/client-ssm';
import type { AwsEvent } from './aws.ts';
import { AwsError, type Operation } from './service.ts';
import { parameterArn, parameterName } from './ssm-names.ts';
import type { TaggedResources } from './tagging/tagging.ts';

/**
 * The most tags of a parameter:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html
 */
const MAX_TAGS = 50;

type Tags = Readonly<Record<string, string>>;

/** The tags of parameters, by their names. */
export interface ParameterTags extends TaggedResources {
  of(name: string): Tags;
  /** @throws AwsError TooManyTagsError */
  add(name: string, tags: readonly Tag[]): void;
  remove(name: string, keys: readonly string[]): void;
  drop(name: string): void;
}

export function createParameterTags(): ParameterTags {
  const all = new Map<string, Tags>();
  const of = (name: string): Tags => all.get(name) ?? {};
  return {
    of,
    add: (name, tags) => {
      const next = {
        ...of(name),
        ...Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value])),
      };
      if (Object.keys(next).length > MAX_TAGS)
        throw new AwsError('TooManyTagsError', `A parameter has at most ${MAX_TAGS} tags.`);
      all.set(name, next);
    },
    remove: (name, keys) =>
      void all.set(name, Object.fromEntries(Object.entries(of(name)).filter(([key]) => !keys.includes(key)))),
    drop: (name) => void all.delete(name),
    tagged: () => [...all].map(([name, tags]) => ({ arn: parameterArn(name), tags })),
  };
}

interface Parameters {
  has(name: string): boolean;
  delete(name: string): boolean;
}

interface OfResource {
  readonly ResourceType?: string | undefined;
  readonly ResourceId?: string | undefined;
}

/**
 * Returns the operations on the tags of parameters, and the deletion. Only parameters have tags here.
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html
 */
export function tagOperations(
  parameters: Parameters,
  tags: ParameterTags,
  emit: (event: AwsEvent) => void,
): Readonly<
  Record<
    'AddTagsToResource' | 'RemoveTagsFromResource' | 'ListTagsForResource' | 'DeleteParameter',
    Operation
  >
> {
  const may = (action: string, name: string) => [
    { action: `ssm:${action}`, resource: parameterArn(name), tags: tags.of(parameterName(name).name) },
  ];
  const tagging = (action: string, run: (name: string, input: never) => unknown): Operation => ({
    authorize: ({ ResourceId = '' }: OfResource) => may(action, ResourceId),
    run: (input: OfResource) => run(known(parameters, input), input as never),
  });
  return {
    AddTagsToResource: tagging('AddTagsToResource', (name, { Tags = [] }: AddTagsToResourceRequest) => {
      tags.add(name, Tags);
      return {};
    }),
    RemoveTagsFromResource: tagging(
      'RemoveTagsFromResource',
      (name, { TagKeys = [] }: RemoveTagsFromResourceRequest) => {
        tags.remove(name, TagKeys);
        return {};
      },
    ),
    ListTagsForResource: tagging('ListTagsForResource', (name): ListTagsForResourceResult => ({
      TagList: Object.entries(tags.of(name)).map(([Key, Value]) => ({ Key, Value })),
    })),
    DeleteParameter: {
      authorize: ({ Name = '' }: DeleteParameterRequest) => may('DeleteParameter', Name),
      run: ({ Name = '' }: DeleteParameterRequest) => {
        if (!parameters.delete(Name)) throw new AwsError('ParameterNotFound', '');
        tags.drop(Name);
        emit(deletionOf(Name));
        return {};
      },
    },
  };
}

/** @throws AwsError InvalidResourceType, InvalidResourceId */
function known(parameters: Parameters, { ResourceType, ResourceId = '' }: OfResource): string {
  if (ResourceType !== 'Parameter')
    throw new AwsError(
      'InvalidResourceType',
      'Not modelled in the embedded AWS: tags of anything but parameters.',
    );
  const { name } = parameterName(ResourceId);
  if (!parameters.has(name))
    throw new AwsError('InvalidResourceId', `The resource ID "${ResourceId}" is not valid.`);
  return name;
}

/** https://docs.aws.amazon.com/systems-manager/latest/userguide/monitoring-systems-manager-event-examples.html */
function deletionOf(name: string): AwsEvent {
  return {
    source: 'aws.ssm',
    'detail-type': 'Parameter Store Change',
    resources: [parameterArn(name)],
    detail: { operation: 'Delete', name, type: 'String' },
  };
}
