import type {
  CreateLaunchTemplateRequest,
  CreateLaunchTemplateResult,
  CreateLaunchTemplateVersionRequest,
  CreateLaunchTemplateVersionResult,
  DeleteLaunchTemplateVersionsRequest,
  DeleteLaunchTemplateVersionsResult,
  DeleteLaunchTemplateRequest,
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
  LaunchTemplateVersion,
  ModifyLaunchTemplateRequest,
  RequestLaunchTemplateData,
  ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2';
import { askedInTags, type Asked } from '../asked.ts';
import { arn } from '../aws.ts';
import { AwsError, type Access } from '../service.ts';
import {
  findTemplate,
  getTemplate,
  versionOf,
  type Ec2State,
  type Template,
  type TemplateKey,
  type TemplateVersion,
} from './state.ts';

/**
 * The operations on launch templates, whose versions never change:
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/manage-launch-template-versions.html
 */
export function launchTemplateOperations(ec2: Ec2State, resolve: (imageId: string) => string) {
  const onTemplate =
    (action: string) =>
    (key: TemplateKey): readonly Access[] => [
      { action: `ec2:${action}`, resource: templateArn(findTemplate(ec2, key)?.id ?? '*') },
    ];
  return {
    CreateLaunchTemplate: {
      authorize: onTemplate('CreateLaunchTemplate'),
      run: (input: CreateLaunchTemplateRequest) => create(ec2, input),
    },
    CreateLaunchTemplateVersion: {
      authorize: onTemplate('CreateLaunchTemplateVersion'),
      run: (input: CreateLaunchTemplateVersionRequest) => createVersion(ec2, input),
    },
    DeleteLaunchTemplate: {
      authorize: onTemplate('DeleteLaunchTemplate'),
      run: (input: DeleteLaunchTemplateRequest) => {
        const template = getTemplate(ec2, input);
        ec2.templates.delete(template.id);
        return { LaunchTemplate: summary(template) };
      },
    },
    DeleteLaunchTemplateVersions: {
      authorize: onTemplate('DeleteLaunchTemplateVersions'),
      run: (input: DeleteLaunchTemplateVersionsRequest) => deleteVersions(ec2, input),
    },
    ModifyLaunchTemplate: {
      authorize: onTemplate('ModifyLaunchTemplate'),
      run: (input: ModifyLaunchTemplateRequest) => {
        const template = getTemplate(ec2, input);
        template.defaultVersion = getVersion(template, input.DefaultVersion).number;
        return { LaunchTemplate: summary(template) };
      },
    },
    DescribeLaunchTemplateVersions: {
      authorize: () => [{ action: 'ec2:DescribeLaunchTemplateVersions', resource: '*' }],
      run: (input: DescribeLaunchTemplateVersionsRequest) => describe(ec2, input, resolve),
    },
  };
}

export function templateArn(id: string): string {
  return arn('ec2', `launch-template/${id}`);
}

/**
 * Reads the behaviour that the tags of its instances choose.
 * @throws AwsError InvalidParameterValue for a tag without meaning
 */
export function askedOf({
  TagSpecifications = [],
}: RequestLaunchTemplateData | ResponseLaunchTemplateData = {}): Asked {
  const ofInstances = TagSpecifications.filter(({ ResourceType }) => ResourceType === 'instance');
  const pairs = ofInstances.flatMap(({ Tags = [] }) =>
    Tags.map(({ Key = '', Value = '' }) => [Key, Value] as const),
  );
  return askedInTags(Object.fromEntries(pairs), (message) => new AwsError('InvalidParameterValue', message));
}

function create(ec2: Ec2State, input: CreateLaunchTemplateRequest): CreateLaunchTemplateResult {
  const { LaunchTemplateName: name = '', LaunchTemplateData } = input;
  askedOf(LaunchTemplateData);
  if (findTemplate(ec2, { LaunchTemplateName: name }) !== null)
    throw new AwsError(
      'InvalidLaunchTemplateName.AlreadyExistsException',
      'Launch template name already in use.',
    );
  const template: Template = {
    id: `lt-0${ec2.random(`ec2/launch-template/${name}`).hex(16)}`,
    name,
    createdAt: new Date(ec2.clock.now()),
    versions: [],
    defaultVersion: 1,
  };
  ec2.templates.set(template.id, template);
  addVersion(ec2, template, LaunchTemplateData, input.VersionDescription);
  return { LaunchTemplate: summary(template) };
}

function createVersion(
  ec2: Ec2State,
  input: CreateLaunchTemplateVersionRequest,
): CreateLaunchTemplateVersionResult {
  const template = getTemplate(ec2, input);
  const source = input.SourceVersion === undefined ? {} : getVersion(template, input.SourceVersion).data;
  const data = { ...source, ...input.LaunchTemplateData } as RequestLaunchTemplateData;
  askedOf(data);
  const added = addVersion(ec2, template, data, input.VersionDescription);
  return { LaunchTemplateVersion: toVersion(template, added) };
}

/**
 * Deletes versions, but never the default one. Its number is not given again.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DeleteLaunchTemplateVersions.html
 */
function deleteVersions(
  ec2: Ec2State,
  input: DeleteLaunchTemplateVersionsRequest,
): DeleteLaunchTemplateVersionsResult {
  const template = getTemplate(ec2, input);
  const versions = (input.Versions ?? []).map((version) => getVersion(template, version));
  if (versions.some(({ number }) => number === template.defaultVersion))
    throw new AwsError('InvalidParameterValue', 'The default version cannot be deleted.');
  for (const version of versions) template.versions.splice(template.versions.indexOf(version), 1);
  return {
    SuccessfullyDeletedLaunchTemplateVersions: versions.map(({ number }) => ({
      ...{ LaunchTemplateId: template.id, LaunchTemplateName: template.name, VersionNumber: number },
    })),
    UnsuccessfullyDeletedLaunchTemplateVersions: [],
  };
}

function addVersion(
  { clock }: Ec2State,
  template: Template,
  data: RequestLaunchTemplateData = {},
  description?: string,
): TemplateVersion {
  const number = (template.newest ?? 0) + 1;
  template.newest = number;
  const createdAt = new Date(clock.now());
  const version = { number, createdAt, description, data: data as ResponseLaunchTemplateData };
  template.versions.push(version);
  return version;
}

/** With ResolveAlias the answer shows the image that a parameter names now, in place of the parameter. */
function describe(
  ec2: Ec2State,
  input: DescribeLaunchTemplateVersionsRequest,
  resolve: (imageId: string) => string,
): DescribeLaunchTemplateVersionsResult {
  const template = getTemplate(ec2, input);
  const { Versions, ResolveAlias } = input;
  const found = Versions?.map((version) => getVersion(template, version)) ?? template.versions;
  const shown = ResolveAlias === true ? found.map((version) => withImage(version, resolve)) : found;
  return { LaunchTemplateVersions: shown.map((version) => toVersion(template, version)) };
}

function withImage(version: TemplateVersion, resolve: (imageId: string) => string): TemplateVersion {
  const { ImageId } = version.data;
  return ImageId === undefined
    ? version
    : { ...version, data: { ...version.data, ImageId: resolve(ImageId) } };
}

function getVersion(template: Template, version: string | undefined): TemplateVersion {
  const found = versionOf(template, version);
  if (found !== null) return found;
  throw new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${version ?? ''} for the launch template with ID ${template.id}.`,
  );
}

function toVersion(template: Template, version: TemplateVersion): LaunchTemplateVersion {
  return {
    LaunchTemplateId: template.id,
    LaunchTemplateName: template.name,
    VersionNumber: version.number,
    VersionDescription: version.description,
    CreateTime: version.createdAt,
    DefaultVersion: version.number === template.defaultVersion,
    LaunchTemplateData: version.data,
  };
}

function summary({ id, name, createdAt, defaultVersion, versions }: Template) {
  return {
    LaunchTemplateId: id,
    LaunchTemplateName: name,
    CreateTime: createdAt,
    DefaultVersionNumber: defaultVersion,
    LatestVersionNumber: versions.at(-1)?.number,
  };
}
