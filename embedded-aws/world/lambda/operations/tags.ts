import type {
  ListTagsRequest,
  ListTagsResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-lambda';
import type { Operation } from '../../service.ts';
import { onFunction } from '../access.ts';
import { invalid } from '../errors.ts';
import type { UserFunction } from '../model.ts';
import type { LambdaState } from '../state.ts';

/**
 * The operations on tags. Only functions have tags here.
 * https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
 */
export function tagOperations(lambda: LambdaState): Readonly<Record<string, Operation>> {
  const authorize =
    (action: string) =>
    ({ Resource = '' }: { readonly Resource?: string | undefined }) =>
      onFunction(lambda, action, Resource);
  return {
    TagResource: {
      authorize: authorize('TagResource'),
      run: ({ Resource = '', Tags = {} }: TagResourceRequest) => {
        Object.assign(tagged(lambda, Resource).tags, Tags);
        return {};
      },
    },
    UntagResource: {
      authorize: authorize('UntagResource'),
      run: ({ Resource = '', TagKeys = [] }: UntagResourceRequest) => {
        const { tags } = tagged(lambda, Resource);
        for (const key of TagKeys) Reflect.deleteProperty(tags, key);
        return {};
      },
    },
    ListTags: {
      authorize: authorize('ListTags'),
      run: ({ Resource = '' }: ListTagsRequest): ListTagsResponse => ({
        Tags: { ...tagged(lambda, Resource).tags },
      }),
    },
  };
}

/** Finds the function whose tags are requested: by its ARN, without a qualifier. */
function tagged(lambda: LambdaState, arn: string): UserFunction {
  if (!/^arn:[^:]*:lambda:[^:]*:\d*:function:[^:]+$/.test(arn))
    throw invalid('Tags on function aliases and versions are not supported. Please specify a function ARN.');
  return lambda.function(arn);
}
