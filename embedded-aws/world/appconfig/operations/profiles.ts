import type {
  CreateConfigurationProfileRequest,
  CreateHostedConfigurationVersionRequest,
  ListConfigurationProfilesRequest,
  ListHostedConfigurationVersionsRequest,
} from '@aws-sdk/client-appconfig';
import { on } from '../access.ts';
import { describeProfile, describeVersion } from '../describe.ts';
import { effectOf } from '../effect.ts';
import { conflict, notModelled } from '../errors.ts';
import type { Profile, Version } from '../model.ts';
import { profileArn } from '../names.ts';
import { findApplication, findProfile, findVersion, newId, type AppConfigState, type Ids } from '../state.ts';
import { page } from './page.ts';

export function profileOperations(state: AppConfigState) {
  return {
    CreateConfigurationProfile: {
      authorize: on(state, 'CreateConfigurationProfile', 'application'),
      run: ({
        ApplicationId,
        Name = '',
        LocationUri = '',
        Type,
        Tags,
      }: CreateConfigurationProfileRequest) => {
        if (LocationUri !== 'hosted') throw notModelled(`a configuration at ${LocationUri}`);
        const application = findApplication(state, ApplicationId);
        const created: Profile = {
          ...{ application, id: newId(state), name: Name, locationUri: LocationUri },
          ...{ type: Type ?? 'AWS.Freeform', versions: new Map(), created: 0 },
        };
        application.profiles.set(created.id, created);
        const arn = profileArn({ ApplicationId, ConfigurationProfileId: created.id });
        if (Tags !== undefined) state.tags.set(arn, { ...Tags });
        return describeProfile(created);
      },
    },
    GetConfigurationProfile: {
      authorize: on(state, 'GetConfigurationProfile', 'application', 'profile'),
      run: (ids: Ids) => describeProfile(findProfile(state, ids)),
    },
    ListConfigurationProfiles: {
      authorize: on(state, 'ListConfigurationProfiles', 'application'),
      run: (input: ListConfigurationProfilesRequest) =>
        page([...findApplication(state, input.ApplicationId).profiles.values()], input, describeProfile),
    },
  };
}

/** https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-configuration-and-profile-about-hosted-store.html */
export function versionOperations(state: AppConfigState) {
  return {
    CreateHostedConfigurationVersion: {
      authorize: on(state, 'CreateHostedConfigurationVersion', 'application', 'profile'),
      run: (input: CreateHostedConfigurationVersionRequest) => create(findProfile(state, input), input),
    },
    ListHostedConfigurationVersions: {
      authorize: on(state, 'ListHostedConfigurationVersions', 'application', 'profile'),
      run: (input: ListHostedConfigurationVersionsRequest) => {
        const profile = findProfile(state, input);
        const { VersionLabel: label } = input;
        const all = [...profile.versions.values()].toReversed();
        const found = all.filter((one) => label === undefined || one.label === label);
        return page(found, input, (one) => describeVersion(profile, one));
      },
    },
    DeleteHostedConfigurationVersion: {
      authorize: on(state, 'DeleteHostedConfigurationVersion', 'application', 'profile'),
      run: ({ VersionNumber, ...ids }: Ids) => {
        const profile = findProfile(state, ids);
        profile.versions.delete(findVersion(profile, VersionNumber).number);
        return {};
      },
    },
  };
}

function create(profile: Profile, input: CreateHostedConfigurationVersionRequest) {
  const { Content = new Uint8Array(), ContentType = '', LatestVersionNumber: latest } = input;
  if (latest !== undefined && latest !== profile.created)
    throw conflict(`The latest version is ${profile.created}, and not ${latest}.`);
  const content = new Uint8Array(Content);
  const version: Version = {
    ...{ number: ++profile.created, content, contentType: ContentType, effect: effectOf(content) },
    ...{ label: input.VersionLabel, description: input.Description },
  };
  profile.versions.set(version.number, version);
  return { ...describeVersion(profile, version), Content: content };
}
