import type { LaunchTemplateSpecification } from '@aws-sdk/client-auto-scaling';
import type { CreateLaunchTemplateResult, RequestLaunchTemplateData } from '@aws-sdk/client-ec2';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import type { Behaviour } from '@lastgood/embedded-aws/world/seams.ts';
import type { Stage } from '../stage.ts';

/** Returns a whole behaviour as the object that it is, because its answers may change with time. */
export function completed(behaviour: Partial<Behaviour>): Behaviour {
  return Object.keys(GOOD).every((key) => key in behaviour)
    ? (behaviour as Behaviour)
    : { ...GOOD, ...behaviour };
}

/** Behaviour of a good image, whose instances take a while to boot. Faults are given as differences from it. */
export const GOOD: Behaviour = { startSeconds: 60, health: 'passes', errorRate: 0.0001, latency: 0.08 };

/** The launch template of the fleet, and its versions. */
export interface Templates {
  /** Images of the versions, in order. */
  readonly images: readonly string[];
  choice(version: string): LaunchTemplateSpecification;
  /** Bakes an image and makes the next version, with other data if given. Returns its number. */
  next(behaviour: Partial<Behaviour>, data?: RequestLaunchTemplateData): string;
  /** Makes the next version from an earlier one. Returns its number. */
  repeat(version: number): string;
}

/**
 * Creates the launch template.
 * @param parameter holds the newest image, and the versions take theirs from it
 * @param more further data of every version
 * @param first the behaviour of the first version
 */
export function templatesOf(
  stage: Stage,
  parameter?: string,
  more: RequestLaunchTemplateData = {},
  first: Partial<Behaviour> = {},
): Templates {
  const images: string[] = [];
  const bake = (behaviour: Partial<Behaviour>) => {
    images.push(stage.world.ec2.bake(`web-${images.length + 1}`, completed(behaviour)));
    if (parameter === undefined) return images.at(-1);
    const value = { Value: images.at(-1), Type: 'String', Overwrite: true };
    stage.call('ssm', 'PutParameter', { Name: parameter, ...value });
    return `resolve:ssm:${parameter}`;
  };
  const LaunchTemplateId = createTemplate(stage, { ...dataOf(bake(first)), ...more });
  const add = (image: string | undefined, data: RequestLaunchTemplateData = {}) => {
    const input = { LaunchTemplateId, LaunchTemplateData: { ...dataOf(image), ...more, ...data } };
    stage.call('ec2', 'CreateLaunchTemplateVersion', input);
    return String(images.length);
  };
  return {
    images,
    choice: (Version) => ({ LaunchTemplateId, Version }),
    next: (behaviour, data) => add(bake(behaviour), data),
    repeat: (version) => {
      images.push(images[version - 1] ?? '');
      return add(images.at(-1));
    },
  };
}

/** Returns a usual template: with a role for its instances and tags for them. */
function dataOf(ImageId: string | undefined): RequestLaunchTemplateData {
  return {
    ImageId,
    InstanceType: 'm7g.large',
    IamInstanceProfile: { Name: 'web-fleet' },
    // Never shown, though it differs from version to version. The mark is valid Base64.
    UserData: `${SECRET_MARK}${(ImageId ?? '').replaceAll(/[^A-Za-z0-9]/g, '')}`,
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'team', Value: 'web' }] }],
  };
}

function createTemplate(stage: Stage, LaunchTemplateData: RequestLaunchTemplateData): string {
  const input = { LaunchTemplateName: 'web', LaunchTemplateData };
  const { LaunchTemplate } = stage.call<CreateLaunchTemplateResult>('ec2', 'CreateLaunchTemplate', input);
  return LaunchTemplate?.LaunchTemplateId ?? '';
}
