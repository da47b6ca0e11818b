import type { RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { attribute, ref, tagList, type Resource } from '../cloudformation.ts';
import { behaviourTags, THROW_AWAY } from '../tags.ts';
import { serverData } from './server.ts';
import type { BAD, GOOD } from './web.ts';

/** Returns what differs between a good and a bad version of a launch template. */
export function versionData(errors: typeof BAD | typeof GOOD) {
  const tags = { ...THROW_AWAY, ...behaviourTags(errors) };
  return { UserData: serverData(errors), ...tagged(tags) };
}

/** Gives the instances tags. */
export function tagged(tags: Readonly<Record<string, string>>) {
  return {
    TagSpecifications: [
      { ResourceType: 'instance', Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) },
    ],
  } satisfies RequestLaunchTemplateData;
}

/** Returns a launch template of the smallest instances. */
export function launchTemplate(data: object, securityGroup: string): Resource {
  return {
    Type: 'AWS::EC2::LaunchTemplate',
    Properties: {
      LaunchTemplateData: {
        ImageId: ref('Image'),
        InstanceType: 't4g.nano',
        SecurityGroupIds: [attribute(securityGroup, 'GroupId')],
        MetadataOptions: { HttpTokens: 'required' },
        ...data,
      },
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagList(THROW_AWAY) }],
    },
  };
}

/** Returns the newest version of a launch template of the stack. */
export function newestOf(template: string): object {
  return { LaunchTemplateId: ref(template), Version: attribute(template, 'LatestVersionNumber') };
}
