import type {
  GetTagsRequest,
  TagResourceRequest,
  Tags,
  UntagResourceRequest,
} from '@aws-sdk/client-api-gateway';
import type { Operation } from '../../service.ts';
import { onTags } from '../access.ts';
import { notFound } from '../errors.ts';
import type { ApiGatewayState } from '../state.ts';

/**
 * The operations on the tags of REST APIs and stages.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-tagging-supported-resources.html
 */
export function tagOperations(state: ApiGatewayState): Readonly<Record<string, Operation>> {
  return {
    TagResource: {
      authorize: ({ resourceArn }: TagResourceRequest) => onTags('PUT', resourceArn),
      run: ({ resourceArn, tags }: TagResourceRequest) => {
        Object.assign(tagsOf(state, resourceArn), tags);
        return {};
      },
    },
    UntagResource: {
      authorize: ({ resourceArn }: UntagResourceRequest) => onTags('DELETE', resourceArn),
      run: ({ resourceArn, tagKeys = [] }: UntagResourceRequest) => {
        const tags = tagsOf(state, resourceArn);
        for (const key of tagKeys) Reflect.deleteProperty(tags, key);
        return {};
      },
    },
    GetTags: {
      authorize: ({ resourceArn }: GetTagsRequest) => onTags('GET', resourceArn),
      run: ({ resourceArn }: GetTagsRequest): Tags => ({ tags: { ...tagsOf(state, resourceArn) } }),
    },
  };
}

function tagsOf(state: ApiGatewayState, arn = ''): Record<string, string> {
  const [, apiId, stage] = /::\/restapis\/([^/]+)(?:\/stages\/([^/]+))?$/.exec(arn) ?? [];
  if (apiId === undefined) throw notFound('Invalid resource identifier specified');
  return stage === undefined ? state.api(apiId).tags : state.stage(apiId, stage).tags;
}
