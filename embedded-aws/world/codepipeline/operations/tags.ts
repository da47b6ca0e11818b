import type {
  ListTagsForResourceInput,
  ListTagsForResourceOutput,
  TagResourceInput,
  UntagResourceInput,
} from '@aws-sdk/client-codepipeline';
import { AwsError, type Operation } from '../../service.ts';
import type { Pipeline } from '../model.ts';
import { pipelineArn } from '../names.ts';
import type { CodePipelineState } from '../state.ts';

/**
 * The operations on tags. Here only pipelines have them.
 * https://docs.aws.amazon.com/codepipeline/latest/userguide/pipelines-tag.html
 */
export function tagOperations(state: CodePipelineState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ resourceArn = '' }: { readonly resourceArn?: string | undefined }) => [
      { action: `codepipeline:${action}`, resource: resourceArn, tags: find(state, resourceArn)?.tags ?? {} },
    ];
  return {
    TagResource: {
      authorize: authorize('TagResource'),
      run: ({ resourceArn, tags = [] }: TagResourceInput) => {
        const { tags: kept } = get(state, resourceArn);
        for (const { key = '', value = '' } of tags) kept[key] = value;
        return {};
      },
    },
    UntagResource: {
      authorize: authorize('UntagResource'),
      run: ({ resourceArn, tagKeys = [] }: UntagResourceInput) => {
        const { tags } = get(state, resourceArn);
        for (const key of tagKeys) Reflect.deleteProperty(tags, key);
        return {};
      },
    },
    ListTagsForResource: {
      authorize: authorize('ListTagsForResource'),
      run: ({ resourceArn }: ListTagsForResourceInput): ListTagsForResourceOutput => ({
        tags: Object.entries(get(state, resourceArn).tags).map(([key, value]) => ({ key, value })),
      }),
    },
  };
}

function find({ pipelines }: CodePipelineState, arn: string): Pipeline | undefined {
  return [...pipelines.values()].find(({ name }) => pipelineArn(name) === arn);
}

function get(state: CodePipelineState, arn = ''): Pipeline {
  const found = find(state, arn);
  if (found === undefined) throw new AwsError('ResourceNotFoundException', `There is no resource ${arn}`);
  return found;
}
