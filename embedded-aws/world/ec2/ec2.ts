import type { Surroundings } from '../aws.ts';
import type { Facts } from '../needs/facts.ts';
import type { Behaviour, GroupInstances, LaunchedImage, LaunchTemplates, LaunchSource } from '../seams.ts';
import { limited, type AwsService } from '../service.ts';
import { bucketOf } from './buckets.ts';
import { consoleOperations } from './console.ts';
import { imageOperations } from './images.ts';
import { instanceOperations } from './instances.ts';
import { refusalOf, type LaunchFault } from './launch-faults.ts';
import { askedOf, launchTemplateOperations } from './launch-templates.ts';
import { parameterIn } from './parameter-images.ts';
import { networkOperations } from './network.ts';
import { findTemplate, versionOf, type Ec2State, type Template, type TemplateVersion } from './state.ts';
import { HONOURED } from './honoured.ts';

export interface Ec2 extends AwsService, LaunchTemplates, Pick<Facts, 'launchVersion'> {
  /** Registers an image of a machine with this behaviour. Stands in for an image build, which is not modelled. */
  bake(
    name: string,
    behaviour: Behaviour,
    more?: Partial<Pick<LaunchedImage, 'architecture' | 'volumes'>>,
  ): string;
  /** Why no instance of a type is launched, by the type: a scenario's fault. */
  readonly faults: Map<string, LaunchFault>;
}

/** The services that EC2 reads. */
interface Neighbours {
  readonly groups: () => GroupInstances;
  /** Returns a parameter's value; null if no parameter has that name. */
  readonly parameter: (name: string) => string | null;
}

/**
 * Simulates Amazon EC2: images, launch templates, the default VPC and security groups. Auto Scaling holds the instances
 * of groups.
 */
export function createEc2({ clock, random }: Surroundings, { groups, parameter }: Neighbours): Ec2 {
  const ec2: Ec2State = { clock, random, images: new Map(), templates: new Map(), securityGroups: new Map() };
  const faults = new Map<string, LaunchFault>();
  return {
    signingName: 'ec2',
    honoured: HONOURED,
    operations: limited(
      {
        ...imageOperations(ec2),
        ...launchTemplateOperations(ec2, (imageId) => resolved(imageId, parameter)),
        ...instanceOperations(groups),
        ...consoleOperations(clock, groups),
        ...networkOperations(ec2),
      },
      bucketOf,
    ),
    bake: (name, behaviour, { architecture, volumes = 1 } = {}) => {
      const id = `ami-0${random(`ec2/image/${name}`).hex(16)}`;
      ec2.images.set(id, { id, name, behaviour, architecture, volumes, createdAt: clock.iso() });
      return id;
    },
    faults,
    refusal: ({ instanceType }) => refusalOf(faults.get(instanceType), instanceType),
    source: (key, version) => {
      const template = findTemplate(ec2, key);
      const found = template === null ? null : versionOf(template, version);
      return template === null || found === null ? null : sourceOf(template, found);
    },
    launchVersion: (key, version) => {
      const template = findTemplate(ec2, key);
      const found = template === null ? null : versionOf(template, version);
      return template === null || found === null ? null : { id: template.id, data: found.data };
    },
    image: (imageId) => {
      const found = ec2.images.get(resolved(imageId, parameter));
      return found === undefined || found.isDisabled === true ? null : found;
    },
  };
}

/**
 * Resolves an image at the launch of an instance, by the newest or a numbered version of a parameter of this account.
 * https://docs.aws.amazon.com/autoscaling/ec2/userguide/using-systems-manager-parameters.html
 */
function resolved(imageId: string, parameter: Neighbours['parameter']): string {
  const named = parameterIn(imageId);
  return named === null ? imageId : (parameter(named) ?? '');
}

function sourceOf(template: Template, { number, data }: TemplateVersion): LaunchSource {
  return {
    id: template.id,
    name: template.name,
    version: String(number),
    imageId: data.ImageId ?? '',
    instanceType: data.InstanceType ?? 'm5.large',
    asked: askedOf(data),
  };
}
