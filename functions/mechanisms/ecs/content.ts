import { canonical, FIELDS } from './configuration.ts';
import { digestOf } from './definition.ts';
import type { ContainerImage, Ecs, ServiceRevision, TaskDefinition } from './ecs.ts';

/** What revisions deploy, by id: equal text, equal settings and images. An id that is missing: that is not known. */
export type Contents = ReadonlyMap<string, string>;

/** How many task definitions are read to tell revisions apart that differ in nothing else. Each is a call of its own. */
const MAX_DEFINITIONS = 8;

type Reads = Pick<Ecs, 'taskDefinition'>;

/**
 * Returns what each revision deploys. Most releases differ in an image, which the revisions themselves say; only those
 * that differ in nothing but the name of the task definition are told apart by reading it. Past the limit the name counts.
 * @param revisions those that matter most come first
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

/** Everything but what the task definition sets. Null: what an image's tag stood for is not known. */
function shapeOf({ configuration, images }: ServiceRevision): string | null {
  const named = images.map((image) => [image.container, contentOf(image)] as const);
  if (named.some(([, is]) => is === null)) return null;
  const fields = FIELDS.filter((field) => field !== 'taskDefinition');
  return canonical([
    fields.map((field) => [field, canonical(configuration[field])]),
    named.toSorted(([one], [other]) => (one < other ? -1 : 1)).map((pair) => pair.join('=')),
  ]);
}

/** A tag is taken to stand for one image, as those of releases do. `latest` stands for another one every time. */
function contentOf({ image, digest }: ContainerImage): string | null {
  if (digest !== null) return digest;
  const pinned = image.split('@')[1];
  if (pinned !== undefined) return pinned;
  const tag = /:([^:/]+)$/.exec(image)?.[1] ?? 'latest';
  return tag === 'latest' ? null : image;
}

/** Reads each task definition once, whoever asks. */
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
