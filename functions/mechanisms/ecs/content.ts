import { canonical, FIELDS } from './configuration.ts';
import { digestOf } from './definition.ts';
import { isMutable } from './images.ts';
import type { ContainerImage, Ecs, ServiceRevision, TaskDefinition } from './ecs.ts';

/** What revisions deploy, by id. Equal text: equal settings and images. A missing id is unknown. */
export type Contents = ReadonlyMap<string, string>;

/** Limits the task definitions read to distinguish revisions that are otherwise equal. Each costs a call. */
const MAX_DEFINITIONS = 8;

type Reads = Pick<Ecs, 'taskDefinition'>;

/**
 * Returns what each revision deploys. Most releases differ in an image, which the revisions themselves contain. Task
 * definitions are read only for revisions that differ in nothing else. Beyond the limit their name counts. Until ECS
 * shows the digest of a tag, which may take time, a revision counts as different.
 * @param revisions most important first
 */
export async function contentsOf(revisions: readonly ServiceRevision[], ecs: Reads): Promise<Contents> {
  const shapes = new Map(revisions.map((one) => [one.arn, shapeOf(one)]));
  const ambiguous = revisions.filter(({ arn, configuration }) => {
    const shape = shapes.get(arn);
    return (
      shape !== null &&
      revisions.some(
        (other) =>
          shapes.get(other.arn) === shape &&
          other.configuration.taskDefinition !== configuration.taskDefinition,
      )
    );
  });
  const named = [...new Set(ambiguous.map(({ configuration }) => configuration.taskDefinition))];
  const read = await settingsOf(named.slice(0, MAX_DEFINITIONS), ecs);
  return new Map(
    revisions.flatMap(({ arn, configuration: { taskDefinition } }) => {
      const shape = shapes.get(arn) ?? null;
      const settings = named.includes(taskDefinition) ? (read.get(taskDefinition) ?? taskDefinition) : '';
      return shape === null ? [] : [[arn, digestOf(`${shape} ${settings}`)] as const];
    }),
  );
}

async function settingsOf(arns: readonly string[], ecs: Reads): Promise<ReadonlyMap<string, string>> {
  const definitions = await Promise.all(arns.map((arn) => ecs.taskDefinition(arn)));
  return new Map(
    definitions.flatMap(({ arn, settings }) => (settings === null ? [] : [[arn, settings] as const])),
  );
}

/** Returns everything except the settings of the task definition. Null: the digest of an image is unknown. */
function shapeOf({ configuration, images }: ServiceRevision): string | null {
  const named = images.map((image) => [image.container, contentOf(image)] as const);
  if (named.some(([, is]) => is === null)) return null;
  const fields = FIELDS.filter((field) => field !== 'taskDefinition');
  return canonical([
    fields.map((field) => [field, canonical(configuration[field])]),
    named.toSorted(([one], [other]) => (one < other ? -1 : 1)).map((pair) => pair.join('=')),
  ]);
}

/**
 * Returns an image's content. Lastgood assumes that a tag names one image, as for releases. `latest` names another each
 * time.
 */
function contentOf({ image, digest }: ContainerImage): string | null {
  if (digest !== null) return digest;
  const pinned = image.split('@')[1];
  if (pinned !== undefined) return pinned;
  return isMutable(image) ? null : image;
}

/** Reads each task definition once, for all callers. */
export function remembering(ecs: Reads): Reads {
  const known = new Map<string, Promise<TaskDefinition>>();
  return {
    taskDefinition: (arn) => {
      const answer = known.get(arn) ?? ecs.taskDefinition(arn);
      known.set(arn, answer);
      return answer;
    },
  };
}
