import { ACCOUNT, arn, type Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { Behaviour } from '../seams.ts';
import { AwsError } from '../service.ts';
import { REGISTRY, type ImageReference } from './uri.ts';

export interface Image {
  readonly digest: string;
  readonly behaviour: Behaviour;
  readonly pushedAt: Date;
  readonly bytes: number;
  readonly tags: Set<string>;
  /** The JSON text. Layers are not modelled. */
  readonly manifest: string;
  readonly mediaType: string;
  /** An archived image cannot be pulled. */
  status: 'ACTIVE' | 'ARCHIVED';
  /** Vulnerabilities of each severity, as the last scan counted them. Absent: it was never scanned. */
  scanned?: { readonly at: Date; readonly counts: Readonly<Record<string, number>> };
}

/** A preview of a lifecycle policy, which completes some seconds after it began. */
export interface Preview {
  readonly policy: string;
  /** Milliseconds since the epoch. */
  readonly completesAt: number;
}

/** The media type of images that scenarios push. */
const MEDIA_TYPE = 'application/vnd.docker.distribution.manifest.v2+json';

/** One repository: images by digest, each with any number of tags. */
export class Repository {
  readonly #images = new Map<string, Image>();
  readonly #surroundings: Surroundings;
  readonly #random: Random;
  readonly name: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: Date;
  /** The JSON text of its lifecycle policy. Null: it has none. */
  policy: string | null = null;
  /** The last preview of a lifecycle policy. */
  preview: Preview | null = null;

  constructor(
    name: string,
    tags: Readonly<Record<string, string>>,
    surroundings: Surroundings,
    random: Random,
  ) {
    this.name = name;
    this.tags = tags;
    this.createdAt = new Date(surroundings.clock.now());
    this.#surroundings = surroundings;
    this.#random = random;
  }

  get arn(): string {
    return arn('ecr', `repository/${this.name}`);
  }

  push(tag: string, behaviour: Behaviour): string {
    this.#untag(tag);
    const digest = `sha256:${this.#random.hex(64)}`;
    const bytes = Math.floor(this.#random.between(20e6, 400e6));
    const pushedAt = new Date(this.#surroundings.clock.now());
    const config = { digest };
    const manifest = JSON.stringify({ schemaVersion: 2, mediaType: MEDIA_TYPE, config, layers: [] });
    const tags = new Set([tag]);
    const state = { status: 'ACTIVE' as const, mediaType: MEDIA_TYPE };
    this.#images.set(digest, { digest, behaviour, pushedAt, bytes, tags, manifest, ...state });
    return digest;
  }

  /** Adds an image, or moves a tag to it if the repository has it already. */
  put(image: Pick<Image, 'digest' | 'behaviour' | 'manifest' | 'mediaType'>, tag: string | undefined): Image {
    if (tag !== undefined) this.#untag(tag);
    const pushedAt = new Date(this.#surroundings.clock.now());
    const found = this.#images.get(image.digest) ?? {
      ...image,
      pushedAt,
      bytes: 50e6,
      tags: new Set(),
      status: 'ACTIVE',
    };
    if (tag !== undefined) found.tags.add(tag);
    this.#images.set(found.digest, found);
    return found;
  }

  find({ tag, digest }: ImageReference): Image | undefined {
    if (digest !== undefined) return this.#images.get(digest);
    return this.images().find((image) => tag !== undefined && image.tags.has(tag));
  }

  images(): readonly Image[] {
    return [...this.#images.values()];
  }

  /**
   * Deletes an image. By digest, the image goes with all its tags. By tag, only the tag goes, and the image with its
   * last tag. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchDeleteImage.html
   */
  remove(reference: ImageReference): Image | undefined {
    const image = this.find(reference);
    if (image === undefined) return undefined;
    if (reference.digest === undefined) this.#untag(reference.tag ?? '');
    if (reference.digest !== undefined || image.tags.size === 0) this.#images.delete(image.digest);
    return image;
  }

  /**
   * Removes a tag from its image. A tag points at one image: a push moves it, and the older image stays reachable by
   * its digest.
   */
  #untag(tag: string): void {
    for (const image of this.#images.values()) image.tags.delete(tag);
  }
}

/** All repositories of the registry. */
export class Repositories {
  readonly #byName = new Map<string, Repository>();
  readonly #surroundings: Surroundings;
  readonly #random: Random;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
    this.#random = surroundings.random('ecr');
  }

  uri(name: string): string {
    return `${REGISTRY}/${name}`;
  }

  all(): readonly Repository[] {
    return [...this.#byName.values()];
  }

  find(name: string): Repository | undefined {
    return this.#byName.get(name);
  }

  /** Finds a repository. Only this account's registry has any. @throws AwsError RepositoryNotFoundException */
  get(name: string, registryId = ACCOUNT): Repository {
    const found = this.find(name);
    if (found && registryId === ACCOUNT) return found;
    const message = `The repository with name '${name}' does not exist in the registry with id '${registryId}'`;
    throw new AwsError('RepositoryNotFoundException', message);
  }

  /** @throws AwsError RepositoryAlreadyExistsException */
  create(name: string, tags: Readonly<Record<string, string>>): Repository {
    if (this.#byName.has(name)) {
      const message = `The repository with name '${name}' already exists in the registry`;
      throw new AwsError('RepositoryAlreadyExistsException', message);
    }
    const repository = new Repository(name, tags, this.#surroundings, this.#random);
    this.#byName.set(name, repository);
    return repository;
  }

  ensure(name: string): Repository {
    return this.find(name) ?? this.create(name, {});
  }
}
