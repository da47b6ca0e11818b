import type {
  ListTagsForResourceRequest,
  ListTagsForResourceResponse,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-vpc-lattice';
import { AwsError } from '../service.ts';
import { onAll, onOne } from './access.ts';
import { addTags, tagsOf, type LatticeState } from './state.ts';

export function tagOperations(state: LatticeState) {
  const mustExist = (arn = ''): string => {
    if (!state.tags.has(arn))
      throw new AwsError('ResourceNotFoundException', `The resource ${arn} was not found`, 404);
    return arn;
  };
  return {
    TagResource: {
      authorize: ({ resourceArn = '' }: TagResourceRequest) => onOne(state, 'TagResource', resourceArn),
      run: ({ resourceArn, tags }: TagResourceRequest): object => {
        addTags(state, mustExist(resourceArn), tags);
        return {};
      },
    },
    UntagResource: {
      authorize: ({ resourceArn = '' }: UntagResourceRequest) => onOne(state, 'UntagResource', resourceArn),
      run: ({ resourceArn, tagKeys = [] }: UntagResourceRequest): object => {
        const tags = state.tags.get(mustExist(resourceArn));
        for (const key of tagKeys) tags?.delete(key);
        return {};
      },
    },
    ListTagsForResource: {
      authorize: onAll('ListTagsForResource'),
      run: ({ resourceArn }: ListTagsForResourceRequest): ListTagsForResourceResponse => ({
        tags: tagsOf(state, mustExist(resourceArn)),
      }),
    },
  };
}
