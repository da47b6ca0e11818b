import { ACCOUNT, REGION, arn, type Surroundings } from '../aws.ts';
import type { Behaviour, GroupInstances, LaunchTemplates, LaunchSource } from '../seams.ts';
import type { Access, AwsService } from '../service.ts';
import { imageOperations } from './images.ts';
import { instanceOperations } from './instances.ts';
import { askedOf, launchTemplateOperations, templateArn } from './launch-templates.ts';
import { networkOperations } from './network.ts';
import { findTemplate, versionOf, type Ec2State, type Template, type TemplateVersion } from './state.ts';

export interface Ec2 extends AwsService, LaunchTemplates {
  /** Registers an image of a machine with this behaviour. Stands in for an image build, which is not modelled. */
  bake(name: string, behaviour: Behaviour): string;
}

/** The services that EC2 reads. */
interface Neighbours {
  readonly groups: () => GroupInstances;
  /** Returns a parameter's value; null if no parameter has that name. */
  readonly parameter: (name: string) => string | null;
}

/**
 * Simulates Amazon EC2: images, launch templates, the default VPC and security groups. Auto Scaling holds the instances of
 * groups.
 */
export function createEc2({ clock, random }: Surroundings, { groups, parameter }: Neighbours): Ec2 {
  const ec2: Ec2State = { clock, random, images: new Map(), templates: new Map(), securityGroups: new Map() };
  return {
    signingName: 'ec2',
    operations: {
      ...imageOperations(ec2),
      ...launchTemplateOperations(ec2),
      ...instanceOperations(groups),
      ...networkOperations(ec2),
    },
    bake: (name, behaviour) => {
      const id = `ami-0${random(`ec2/image/${name}`).hex(16)}`;
      ec2.images.set(id, { id, name, behaviour, createdAt: clock.iso() });
      return id;
    },
    source: (key, version) => {
      const template = findTemplate(ec2, key);
      const found = template === null ? null : versionOf(template, version);
      return template === null || found === null ? null : sourceOf(template, found);
    },
    image: (imageId) => ec2.images.get(resolved(imageId, parameter)) ?? null,
  };
}

const PARAMETER = 'resolve:ssm:';

/**
 * Resolves an image at the launch of an instance. A launch by a parameter's version, label or ARN is not modelled and
 * fails. https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
function resolved(imageId: string, parameter: Neighbours['parameter']): string {
  return imageId.startsWith(PARAMETER) ? (parameter(imageId.slice(PARAMETER.length)) ?? '') : imageId;
}

function sourceOf(template: Template, { number, data }: TemplateVersion): LaunchSource {
  return {
    id: template.id,
    name: template.name,
    version: String(number),
    imageId: data.ImageId ?? '',
    instanceType: data.InstanceType ?? 'm5.large',
    asked: askedOf(data),
    accesses: accessesTo(template, data),
  };
}

/**
 * Returns the permissions to set a version on a group: to run its instances, to pass its role, and to tag.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-launch-template-permissions.html AWS does not
 * document which resources the check names; here they are those of a launch from the template.
 */
function accessesTo({ id }: Template, data: TemplateVersion['data']): readonly Access[] {
  const ofTemplate = { 'ec2:LaunchTemplate': templateArn(id), 'ec2:IsLaunchTemplateResource': 'true' };
  const ofGroup = { ...ofTemplate, 'ec2:IsLaunchTemplateResource': 'false' };
  const run = (resource: string, conditions: NonNullable<Access['conditions']> = ofTemplate): Access => ({
    action: 'ec2:RunInstances',
    resource,
    conditions,
  });
  const image = data.ImageId?.startsWith('ami-') === true ? data.ImageId : 'ami-00000000000000000';
  const profile = data.IamInstanceProfile?.Name ?? data.IamInstanceProfile?.Arn?.split('/').at(-1);
  return [
    run(templateArn(id)),
    run(`arn:aws:ec2:${REGION}::image/${image}`),
    run(arn('ec2', 'instance/*')),
    run(arn('ec2', 'network-interface/*')),
    run(arn('ec2', 'volume/*')),
    run(arn('ec2', 'security-group/sg-0a1b2c3d')),
    run(arn('ec2', 'subnet/subnet-0a1b2c3d'), ofGroup),
    ...(profile === undefined ? [] : [passing(profile)]),
    ...((data.TagSpecifications ?? []).length === 0 ? [] : [tagging()]),
  ];
}

/** Checks the role in an instance profile. By custom it has the profile's name. */
function passing(profile: string): Access {
  return {
    action: 'iam:PassRole',
    resource: `arn:aws:iam::${ACCOUNT}:role/${profile}`,
    conditions: { 'iam:PassedToService': 'ec2.amazonaws.com' },
  };
}

function tagging(): Access {
  return {
    action: 'ec2:CreateTags',
    resource: arn('ec2', 'instance/*'),
    conditions: { 'ec2:CreateAction': 'RunInstances' },
  };
}
