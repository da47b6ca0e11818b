import type { ResponseLaunchTemplateData } from '@aws-sdk/client-ec2';
import type { Surroundings } from '../aws.ts';
import type { Architecture, Behaviour } from '../seams.ts';
import { AwsError } from '../service.ts';

export interface Image {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  /** The behaviour of an instance booted from this image. */
  readonly behaviour: Behaviour;
  /** If absent, instances of every type boot from it. */
  readonly architecture?: Architecture | undefined;
  /** The number of its volumes, the root volume included. */
  readonly volumes: number;
  /** Nothing can be launched from it. */
  isDisabled?: boolean;
}

export interface TemplateVersion {
  readonly number: number;
  readonly createdAt: Date;
  readonly description?: string | undefined;
  readonly data: ResponseLaunchTemplateData;
}

export interface Template {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly versions: TemplateVersion[];
  defaultVersion: number;
  /** Number of the newest version ever made. */
  newest?: number;
}

export interface Ec2State extends Pick<Surroundings, 'clock' | 'random'> {
  readonly images: Map<string, Image>;
  readonly templates: Map<string, Template>;
  /** Names by id. */
  readonly securityGroups: Map<string, string>;
}

/** A reference to a template: its id or its name. */
export interface TemplateKey {
  readonly LaunchTemplateId?: string | undefined;
  readonly LaunchTemplateName?: string | undefined;
}

export function findTemplate({ templates }: Ec2State, key: TemplateKey): Template | null {
  const { LaunchTemplateId: id, LaunchTemplateName: name } = key;
  if (id !== undefined) return templates.get(id) ?? null;
  return [...templates.values()].find((template) => template.name === name) ?? null;
}

/**
 * @throws AwsError InvalidLaunchTemplateId.NotFound or InvalidLaunchTemplateName.NotFoundException
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 */
export function getTemplate(ec2: Ec2State, key: TemplateKey): Template {
  const found = findTemplate(ec2, key);
  if (found !== null) return found;
  const code =
    key.LaunchTemplateId === undefined
      ? 'InvalidLaunchTemplateName.NotFoundException'
      : 'InvalidLaunchTemplateId.NotFound';
  throw new AwsError(code, 'The specified launch template does not exist.');
}

/** Returns a version by its number, `$Latest` or `$Default`. */
export function versionOf(template: Template, version = '$Default'): TemplateVersion | null {
  if (version === '$Latest') return template.versions.at(-1) ?? null;
  const number = version === '$Default' ? template.defaultVersion : Number(version);
  return template.versions.find((one) => one.number === number) ?? null;
}
