import type {
  ListTagsForResourceRequest,
  ResourceTags,
  TagResourceRequest,
  UntagResourceRequest,
} from '@aws-sdk/client-appconfig';
import { onArn } from '../access.ts';
import { notFound } from '../errors.ts';
import { findApplication, findEnvironment, findProfile, type AppConfigState } from '../state.ts';

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-tags.html Strategies have no tags here. */
export function tagOperations(state: AppConfigState) {
  const may = (action: string) => (input: { readonly ResourceArn?: string | undefined }) => [
    onArn(state, action, input.ResourceArn ?? ''),
  ];
  return {
    TagResource: {
      authorize: may('TagResource'),
      run: ({ ResourceArn = '', Tags = {} }: TagResourceRequest) => {
        mustExist(state, ResourceArn);
        state.tags.set(ResourceArn, { ...state.tags.get(ResourceArn), ...Tags });
        return {};
      },
    },
    UntagResource: {
      authorize: may('UntagResource'),
      run: ({ ResourceArn = '', TagKeys = [] }: UntagResourceRequest) => {
        mustExist(state, ResourceArn);
        const kept = Object.entries(state.tags.get(ResourceArn) ?? {}).filter(
          ([key]) => !TagKeys.includes(key),
        );
        state.tags.set(ResourceArn, Object.fromEntries(kept));
        return {};
      },
    },
    ListTagsForResource: {
      authorize: may('ListTagsForResource'),
      run: ({ ResourceArn = '' }: ListTagsForResourceRequest): ResourceTags => {
        mustExist(state, ResourceArn);
        return { Tags: { ...state.tags.get(ResourceArn) } };
      },
    },
  };
}

const ARN =
  /:application\/(?<application>[^/]+)(?:\/environment\/(?<environment>[^/]+)|\/configurationprofile\/(?<profile>[^/]+))?$/;

function mustExist(state: AppConfigState, arn: string): void {
  const { application, environment, profile } = ARN.exec(arn)?.groups ?? {};
  if (application === undefined) throw notFound('Resource', arn);
  if (environment !== undefined)
    findEnvironment(state, { ApplicationId: application, EnvironmentId: environment });
  else if (profile !== undefined)
    findProfile(state, { ApplicationId: application, ConfigurationProfileId: profile });
  else findApplication(state, application);
}
