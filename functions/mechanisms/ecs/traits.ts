import type { ContainerDefinition, TaskDefinition as AwsTaskDefinition } from '@aws-sdk/client-ecs';
import { environmentTraits, shownTraits, type Traits } from '../../../src/rollback/traits.ts';
import { canonical, FIELDS, type Configuration } from './configuration.ts';
import type { ContainerImage, Ecs } from './ecs.ts';

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
 * Returns the traits of a service revision, or of a task definition for other controllers. Null: ECS does not know it.
 */
export async function traitsOf(
  ecs: Pick<Ecs, 'revisions' | 'taskDefinition'>,
  id: string,
): Promise<Traits | null> {
  if (id.includes(':task-definition/')) return (await ecs.taskDefinition(id)).traits;
  const [revision] = await ecs.revisions([id]);
  if (revision === undefined) return null;
  const { configuration, images } = revision;
  const { traits } = await ecs.taskDefinition(configuration.taskDefinition);
  return traits === null ? null : { ...traits, ...imageTraits(images), ...serviceTraits(configuration) };
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
