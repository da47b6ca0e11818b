import { condemnedIn, provenIn } from '../../../src/ledger/among.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { canonical, FIELDS } from './configuration.ts';
import { formOf } from './content-form.ts';
import { digestOf } from './definition.ts';
import { isMutable } from './images.ts';
import type { ContainerImage, ServiceRevision } from './ecs.ts';

/**
 * What revisions deploy, by id. Equal text: equal settings and images. A missing id is unknown.
 *
 * After its form, a text has two parts: a digest of the images and the settings of the service, and one of the settings
 * of the task definition (`form:images.settings`). Only the second part costs a read of its own. Where it was not read,
 * the name of the task definition counts (`form:images~name`), or only the name (`form:~name`).
 */
export type Contents = ReadonlyMap<string, string>;

/** Settings of task definitions, as digests by ARN. A missing one was not read. */
export type Settings = ReadonlyMap<string, string>;

const PARTS = /^[^:]*:(?<images>[^.~]*)(?:\.(?<settings>.+)|~.+)$/;

/** Returns the contents. Until ECS shows the digest of a tag, which may take time, that of its revision is unknown. */
export function contentsOf(revisions: Iterable<ServiceRevision>, settings: Settings): Contents {
  return new Map(
    [...revisions].flatMap((one) => {
      const content = contentOf(one, settings);
      return content === null ? [] : [[one.arn, content] as const];
    }),
  );
}

/** Returns the content of one revision. Null: the digest of an image is unknown. */
export function contentOf(revision: ServiceRevision, settings: Settings): string | null {
  const shape = shapeOf(revision);
  const { taskDefinition } = revision.configuration;
  if (shape === null) return null;
  const known = settings.get(taskDefinition);
  return known === undefined
    ? contentByName(taskDefinition, digestOf(shape))
    : `${formOf()}:${digestOf(shape)}.${known}`;
}

/** Returns the content of a task definition that was not read. @param images digest of what else is known */
export function contentByName(taskDefinition: string, images = ''): string {
  return `${formOf()}:${images}~${digestOf(taskDefinition)}`;
}

/** Says whether the task definition of a content was not read. */
export function isByName(content: string): boolean {
  return content.includes('~');
}

/** Says whether two contents may be equal: no part that is known of both differs. False: one of them is unknown. */
export function mayBeSame(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [PARTS.exec(one)?.groups ?? {}, PARTS.exec(other)?.groups ?? {}];
  return ['images', 'settings'].every(
    (part) => (a[part] ?? '') === '' || (b[part] ?? '') === '' || a[part] === b[part],
  );
}

/** Returns the contents that the ledger keeps, without those by name and those of another form. */
export function keptContents(entries: readonly Entry[]): Contents {
  return new Map(
    [...provenIn(entries), ...condemnedIn(entries)].flatMap(({ revision: { id, content = '' } }) =>
      content.startsWith(`${formOf()}:`) && !isByName(content) ? [[id, content] as const] : [],
    ),
  );
}

/**
 * Returns the settings of task definitions, from kept contents.
 *
 * @param definitionOf returns the ARN of a revision's task definition; undefined: unknown
 */
export function keptSettings(kept: Contents, definitionOf: (id: string) => string | undefined): Settings {
  return new Map(
    [...kept].flatMap(([id, content]) => {
      const [taskDefinition, settings] = [definitionOf(id), PARTS.exec(content)?.groups?.['settings']];
      return taskDefinition === undefined || settings === undefined
        ? []
        : [[taskDefinition, settings] as const];
    }),
  );
}

/** Returns everything except the settings of the task definition. Null: the digest of an image is unknown. */
function shapeOf({ configuration, images }: ServiceRevision): string | null {
  const named = images.map((image) => [image.container, imageOf(image)] as const);
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
function imageOf({ image, digest }: ContainerImage): string | null {
  if (digest !== null) return digest;
  const pinned = image.split('@')[1];
  if (pinned !== undefined) return pinned;
  return isMutable(image) ? null : image;
}
