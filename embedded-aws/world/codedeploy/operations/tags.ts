import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-codedeploy';
import type { Access, Operation } from '../../service.ts';
import { invalid } from '../errors.ts';
import type { Tags } from '../model.ts';
import { applicationArn, groupArn } from '../names.ts';
import type { CodeDeployState } from '../state.ts';
import { fromTags, toTags } from '../tags.ts';

/**
 * The operations on tags. Applications and deployment groups have tags.
 * https://docs.aws.amazon.com/codedeploy/latest/APIReference/API_TagResource.html
 */
export function tagOperations(state: CodeDeployState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ ResourceArn = '' }: { readonly ResourceArn?: string | undefined }): readonly Access[] => [
      { action: `codedeploy:${action}`, resource: ResourceArn, tags: find(state, ResourceArn) ?? {} },
    ];
  return {
    TagResource: {
      authorize: authorize('TagResource'),
      run: ({ ResourceArn, Tags }: TagResourceInput) => {
        Object.assign(get(state, ResourceArn), toTags(Tags));
        return {};
      },
    },
    UntagResource: {
      authorize: authorize('UntagResource'),
      run: ({ ResourceArn, TagKeys = [] }: UntagResourceInput) => {
        const tags = get(state, ResourceArn);
        for (const key of TagKeys) Reflect.deleteProperty(tags, key);
        return {};
      },
    },
    ListTagsForResource: {
      authorize: authorize('ListTagsForResource'),
      run: ({ ResourceArn }: ListTagsForResourceInput): ListTagsForResourceOutput => ({
        Tags: fromTags(get(state, ResourceArn)),
      }),
    },
  };
}

function find({ applications }: CodeDeployState, arn: string): Tags | undefined {
  for (const application of applications.values()) {
    if (applicationArn(application.name) === arn) return application.tags;
    for (const group of application.groups.values())
      if (groupArn(application.name, group.name) === arn) return group.tags;
  }
  return undefined;
}

function get(state: CodeDeployState, arn = ''): Tags {
  const tags = find(state, arn);
  if (tags === undefined) throw invalid('InvalidArnException', `The specified ARN is not valid: ${arn}`);
  return tags;
}
