import type { LaunchTemplateSpecification, MixedInstancesPolicy } from '@aws-sdk/client-auto-scaling';
import type { RequestLaunchTemplateData, ResponseLaunchTemplateData } from '@aws-sdk/client-ec2';
import { ACCOUNT, REGION, arn } from '../aws.ts';
import { templateArn } from '../ec2/launch-templates.ts';
import { parameterIn } from '../ec2/parameter-images.ts';
import { parameterArn } from '../ssm-names.ts';
import { AwsError, type Access } from '../service.ts';
import type { Facts, LaunchVersion, TemplateKey } from './facts.ts';
import { passing } from './passed-roles.ts';

/** The part of a request that says what a group launches. */
interface Launching {
  readonly LaunchTemplate?: LaunchTemplateSpecification;
  readonly MixedInstancesPolicy?: MixedInstancesPolicy;
  readonly DesiredConfiguration?: Omit<Launching, 'DesiredConfiguration'>;
}

/**
 * Returns the named versions. Auto Scaling checks only numbered ones: "To have permissions checked, users must
 * configure the Auto Scaling group to use a specific version".
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html
 */
function versionsIn(input: Launching, facts: Facts): readonly LaunchVersion[] {
  const { LaunchTemplate, MixedInstancesPolicy } = { ...input, ...input.DesiredConfiguration };
  const { LaunchTemplateSpecification, Overrides = [] } = MixedInstancesPolicy?.LaunchTemplate ?? {};
  const others = Overrides.map((override) => override.LaunchTemplateSpecification);
  return [LaunchTemplateSpecification ?? LaunchTemplate, ...others]
    .filter((named) => named !== undefined && /^\d+$/.test(named.Version ?? ''))
    .flatMap((named) => facts.launchVersion(named ?? {}, named?.Version) ?? []);
}

/**
 * Asks for what a launch from the template needs: to run its instances, to pass its role, and to tag.
 * Unknown: launch-template-permissions. AWS does not document which resources Auto Scaling names when it checks a
 * version that is set on a group; assumed are those of a launch from it.
 */
export function ofTemplates(input: Launching, facts: Facts): readonly Access[] {
  return versionsIn(input, facts).flatMap(({ id, data }) =>
    [...running(id, data), ...overriding(id, input), ...passingProfile(data), ...tagging(data)].map(
      (access) => refused(id, access),
    ),
  );
}

/**
 * Asks for the images that overrides name, which are not the template's own. All images here belong to the account.
 * Unknown: override-image-permissions.
 */
function overriding(id: string, input: Launching): readonly Access[] {
  const { MixedInstancesPolicy } = { ...input, ...input.DesiredConfiguration };
  const images = (MixedInstancesPolicy?.LaunchTemplate?.Overrides ?? []).flatMap(
    ({ ImageId }) => ImageId ?? [],
  );
  return [...new Set(images)].map((image) => ({
    action: 'ec2:RunInstances',
    resource: `arn:aws:ec2:${REGION}::image/${image}`,
    conditions: {
      'ec2:LaunchTemplate': templateArn(id),
      'ec2:IsLaunchTemplateResource': 'false',
      'ec2:Owner': ACCOUNT,
    },
  }));
}

/** Asks to read the parameter of a template's image: "users who create or update Auto Scaling groups" must. */
export function imageParameters(input: Launching, facts: Facts): readonly Access[] {
  return versionsIn(input, facts).flatMap(({ id, data }) =>
    parameterOf(data).map((access) => refused(id, access)),
  );
}

/** Asks to read the parameter that a new template or version names. */
export function writtenParameter({
  LaunchTemplateData = {},
}: {
  readonly LaunchTemplateData?: RequestLaunchTemplateData;
}): readonly Access[] {
  return parameterOf(LaunchTemplateData);
}

interface Describing extends TemplateKey {
  readonly Versions?: readonly string[];
  readonly ResolveAlias?: boolean;
}

/** Asks to read the parameters whose images a description resolves. */
export function resolvedParameters(input: Describing, facts: Facts): readonly Access[] {
  if (input.ResolveAlias !== true) return [];
  const found = (input.Versions ?? []).flatMap((version) => facts.launchVersion(input, version) ?? []);
  return found.flatMap(({ data }) => parameterOf(data));
}

/**
 * Returns an access with Auto Scaling's refusal, which names the template and not what is missing. It is quoted in
 * https://github.com/ansible-collections/community.aws/pull/831
 */
function refused(template: string, access: Access): Access {
  const message = `You are not authorized to use launch template: ${template}`;
  return { ...access, refusal: new AwsError('AccessDeniedException', message) };
}

function running(id: string, data: ResponseLaunchTemplateData): readonly Access[] {
  const ofTemplate = { 'ec2:LaunchTemplate': templateArn(id), 'ec2:IsLaunchTemplateResource': 'true' };
  const ofGroup = { ...ofTemplate, 'ec2:IsLaunchTemplateResource': 'false' };
  const run = (resource: string, conditions: NonNullable<Access['conditions']> = ofTemplate): Access => ({
    action: 'ec2:RunInstances',
    resource,
    conditions,
  });
  const image = data.ImageId?.startsWith('ami-') === true ? data.ImageId : 'ami-00000000000000000';
  return [
    run(templateArn(id)),
    run(`arn:aws:ec2:${REGION}::image/${image}`),
    run(arn('ec2', 'instance/*')),
    run(arn('ec2', 'network-interface/*')),
    run(arn('ec2', 'volume/*')),
    run(arn('ec2', 'security-group/sg-0a1b2c3d')),
    run(arn('ec2', 'subnet/subnet-0a1b2c3d'), ofGroup),
    ...withoutTemplateKey(data).map((resource) => run(resource, {})),
  ];
}

/**
 * Returns the resources for which IAM has no key of the launch template: Spot requests, licenses and groups of capacity
 * reservations.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonec2.html
 */
function withoutTemplateKey(data: ResponseLaunchTemplateData): readonly string[] {
  const { InstanceMarketOptions, LicenseSpecifications = [], CapacityReservationSpecification } = data;
  const { CapacityReservationResourceGroupArn: group } =
    CapacityReservationSpecification?.CapacityReservationTarget ?? {};
  return [
    ...(InstanceMarketOptions?.MarketType === 'spot' ? [arn('ec2', 'spot-instances-request/*')] : []),
    ...LicenseSpecifications.flatMap(({ LicenseConfigurationArn }) => LicenseConfigurationArn ?? []),
    ...(group === undefined ? [] : [group]),
  ];
}

/** Passes the role in an instance profile. By custom it has the profile's name. */
function passingProfile({ IamInstanceProfile: profile }: ResponseLaunchTemplateData): readonly Access[] {
  const name = profile?.Name ?? profile?.Arn?.split('/').at(-1);
  if (name === undefined) return [];
  return [passing(`arn:aws:iam::${ACCOUNT}:role/${name}`, 'ec2.amazonaws.com')];
}

/** https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/supported-iam-actions-tagging.html */
function tagging({ TagSpecifications = [] }: ResponseLaunchTemplateData): readonly Access[] {
  return TagSpecifications.map(({ ResourceType = 'instance' }) => ({
    action: 'ec2:CreateTags',
    resource: arn('ec2', `${ResourceType}/*`),
    conditions: { 'ec2:CreateAction': 'RunInstances' },
  }));
}

function parameterOf({ ImageId = '' }: { readonly ImageId?: string | undefined }): readonly Access[] {
  const named = parameterIn(ImageId);
  return named === null ? [] : [{ action: 'ssm:GetParameters', resource: parameterArn(named) }];
}
