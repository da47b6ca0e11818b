import type { ContainerDefinition, TaskDefinition as AwsTaskDefinition } from '@aws-sdk/client-ecs';
import type { Both } from '../../../src/rollback/explained.ts';
import { environmentTraits, shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { canonical, FIELDS, type Configuration } from './configuration.ts';
import type { Definitions } from './definitions.ts';
import { nameOf, type ContainerImage, type ServiceRevision } from './ecs.ts';

/**
 * Returns the settings of a task definition.
 * https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_TaskDefinition.html
 */
export function definitionTraits({ cpu, memory, containerDefinitions = [] }: AwsTaskDefinition): Traits {
  const containers = containerDefinitions.map(containerTraits);
  return Object.assign(
    {},
    shownTraits({ 'CPU of the task': cpu, 'memory of the task': memory }),
    ...containers,
  ) as Traits;
}

function containerTraits(container: ContainerDefinition): Traits {
  const { name = '', environment = [], secrets = [], image, cpu, memory, command, entryPoint } = container;
  const of = ` of ${name}`;
  const references = secrets.map(({ name: secret = '', valueFrom = '' }) => [
    `secret ${secret}${of}`,
    { hidden: valueFrom },
  ]);
  return {
    ...shownTraits({ [`image${of}`]: image, [`CPU${of}`]: cpu || undefined, [`memory${of}`]: memory }),
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
