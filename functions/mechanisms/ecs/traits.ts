import type { ContainerDefinition, TaskDefinition as AwsTaskDefinition } from '@aws-sdk/client-ecs';
import type { Both } from '../../../src/rollback/explained.ts';
import { environmentTraits, shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { canonical, FIELDS, type Configuration } from './configuration.ts';
import { ADDED } from './definition.ts';
import type { Definitions } from './definitions.ts';
import { nameOf, type ContainerImage, type ServiceRevision } from './ecs.ts';

/**
 * Returns the settings of a task definition.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 */
export function definitionTraits(definition: AwsTaskDefinition): Traits {
  const { cpu, memory, taskRoleArn, executionRoleArn, containerDefinitions = [], ...others } = definition;
  const shown = {
    'CPU of the task': cpu,
    'memory of the task': memory,
    'task role': taskRoleArn,
    'execution role': executionRoleArn,
  };
  const set = Object.entries(others).filter(([field]) => !ADDED.has(field));
  return Object.assign(
    {},
    shownTraits(shown),
    hiddenTraits(Object.fromEntries(set), ' of the task'),
    ...containerDefinitions.map(containerTraits),
  ) as Traits;
}

/** Returns traits of settings that may hold a value that must not be shown. An empty one equals one that is absent. */
function hiddenTraits(settings: Readonly<Record<string, unknown>>, of: string): Traits {
  return Object.fromEntries(
    Object.entries(settings).flatMap(([field, value]) => {
      const text = value === undefined ? '' : canonical(value);
      const isEmpty = ['', '[]', '{}', 'null', '0', 'false'].includes(text);
      return isEmpty ? [] : [[`${wordsOf(field)}${of}`, { hidden: text }] as const];
    }),
  );
}

/** Returns `health check` for `healthCheck`. */
function wordsOf(field: string): string {
  return field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}

/** Returns `8080/tcp, 9090/tcp`. */
function portsOf(mappings: ContainerDefinition['portMappings'] = []): string {
  return mappings
    .map(({ containerPort = '?', protocol = 'tcp' }) => `${containerPort}/${protocol}`)
    .join(', ');
}

function containerTraits(container: ContainerDefinition): Traits {
  const {
    name = '',
    environment = [],
    secrets = [],
    image,
    cpu,
    memory,
    command,
    entryPoint,
    ...others
  } = container;
  const { portMappings, essential = true, ...settings } = others;
  const of = ` of ${name}`;
  const references = secrets.map(({ name: secret = '', valueFrom = '' }) => [
    `secret ${secret}${of}`,
    { hidden: valueFrom },
  ]);
  return {
    ...shownTraits({
      [`image${of}`]: image,
      [`CPU${of}`]: cpu || undefined,
      [`memory${of}`]: memory,
      [`ports${of}`]: portsOf(portMappings),
    }),
    ...hiddenTraits(settings, of),
    ...(essential ? {} : shownTraits({ [`essential${of}`]: 'no' })),
    ...environmentTraits(
      Object.fromEntries(environment.map(({ name: key = '', value }) => [key, value])),
      of,
    ),
    ...(Object.fromEntries(references) as Traits),
    [`command${of}`]: { hidden: JSON.stringify([entryPoint ?? [], command ?? []]) },
  };
}

/**
 * Returns the traits of two revisions, as far as a plan read them. Of a task definition that was not read only the name
 * is known. Null: ECS does not know one of the revisions.
 */
export function traitsOfBoth(
  from: ServiceRevision,
  to: ServiceRevision,
  definitions: Pick<Definitions, 'get'>,
): Both {
  const both = [from, to] as const;
  const read = both.map(({ configuration }) => definitions.get(configuration.taskDefinition)?.traits ?? null);
  const hasImages = both.every(({ images }) => images.length > 0);
  const [before = {}, after = {}] = both.map(({ configuration, images }, index) => ({
    ...(read.includes(null)
      ? shownTraits({ 'task definition': nameOf(configuration.taskDefinition) })
      : read[index]),
    ...(hasImages && imageTraits(images)),
    ...serviceTraits(configuration),
  }));
  const isKnown = both.every(({ configuration }) => configuration.taskDefinition !== '');
  return isKnown ? [before, after] : null;
}

/** Returns the images with their digests, because a tag may name another image now. */
export function imageTraits(images: readonly ContainerImage[]): Traits {
  const named = images.map(({ container, image, digest }) => {
    const is = digest === null || image.includes('@') ? image : `${image} (${digest.slice(0, 19)})`;
    return [`image of ${container}`, is] as const;
  });
  return shownTraits(Object.fromEntries(named));
}

export function serviceTraits(configuration: Configuration): Traits {
  const fields = FIELDS.filter((field) => field !== 'taskDefinition' && configuration[field] !== undefined);
  return Object.fromEntries(
    fields.map((field) => [`${field} of the service`, { hidden: canonical(configuration[field]) }]),
  );
}
