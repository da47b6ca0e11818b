import type { Artefact, Revision, Tags } from '../plan.ts';
import { differing, type Trait, type Traits } from '../traits.ts';

/** A plan names a few: a deployment of more images shares the first ones or none. */
const MAX_ARTEFACTS = 8;

/** `git-commit`, `GitCommit`, `commit`, `commit-sha` and `git:sha`. */
const COMMIT_TAG = /^(git[-_:./ ]?)?(commit|sha)([-_:./ ]?(sha|id|hash))?$/i;

/** An abbreviated or whole commit as the tag of an image. A number of a build has no letter. */
const COMMIT = /^(?=.*[a-f])[0-9a-f]{7,40}$/;

interface Deployed {
  readonly revision: Revision;
  /** Of the revision, and of the one before it. Only what differs can be at fault. */
  readonly traits?: readonly [deployed: Traits, before: Traits] | undefined;
  /** Of the revision, or of the target: a pipeline may tag either. */
  readonly tags: Tags;
}

/** Returns what a deployment brings, each once. A sidecar that stayed the same is not among them. */
export function artefactsOf({ revision, traits, tags }: Deployed): readonly Artefact[] {
  const changed = traits === undefined ? [] : differing(...traits);
  const found = [
    ...changed.flatMap(([name, trait]) => fromTrait(name, trait)),
    ...fromLaunchTemplate(revision),
    ...Object.entries(tags).flatMap(([key, value]) => (COMMIT_TAG.test(key) ? commitOf(value) : [])),
  ];
  const keys = found.map(keyOf);
  return found.filter((one, index) => keys.indexOf(keyOf(one)) === index).slice(0, MAX_ARTEFACTS);
}

export function keyOf({ by, id }: Artefact): string {
  return `${by} ${id}`;
}

/** Reads the traits that mechanisms name so: `image of checkout`, `commit`. */
function fromTrait(name: string, trait: Trait): readonly Artefact[] {
  if (!('shown' in trait)) return [];
  if (name === 'commit') return commitOf(trait.shown);
  return name === 'image' || name.startsWith('image of ') ? imageOf(trait.shown) : [];
}

/** Reads `registry/shop/checkout:42 (sha256:0a1b…)`. The registry of the same image differs by account and Region. */
function imageOf(shown: string): readonly Artefact[] {
  const [, image = shown, digest] = /^(\S+) \((\S+)\)$/.exec(shown) ?? [];
  const name = withoutRegistry(image);
  const [tagged = '', pinned] = name.split('@');
  const [, tag = ''] = /:([^:/]+)$/.exec(tagged) ?? [];
  return [
    { by: 'image', id: (digest ?? pinned ?? name).slice(0, DIGEST_CHARACTERS), name },
    ...(COMMIT.test(tag) ? commitOf(tag) : []),
  ];
}

/** Traits show so much of a digest: `sha256:` and twelve digits. */
const DIGEST_CHARACTERS = 19;

/** Removes a first part with a dot or a port, as the reference format defines a registry. */
function withoutRegistry(image: string): string {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && /[.:]|^localhost$/.test(first) ? rest.join('/') : image;
}

/** The id of an Auto Scaling group's revision is `lt-0a1b2c3d4e5f60718/7`. Many groups may use one template. */
function fromLaunchTemplate({ id, name }: Revision): readonly Artefact[] {
  return id.startsWith('lt-') ? [{ by: 'launch-template', id, name }] : [];
}

function commitOf(value: string): readonly Artefact[] {
  const commit = value.trim().toLowerCase();
  return commit === '' ? [] : [{ by: 'commit', id: commit.slice(0, 12), name: value.trim().slice(0, 40) }];
}
