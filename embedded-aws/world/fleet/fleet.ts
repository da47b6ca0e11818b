import type { Surroundings } from '../aws.ts';
import type { Backends, Behaviour, TargetId } from '../seams.ts';
import type { Bundle } from './bundles.ts';

/** An EC2 instance with the CodeDeploy agent on it. */
export interface Instance {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly port: number;
  /** What runs on it; null: nothing does. */
  running: Behaviour | null;
  /** The bundle whose deployment to it last succeeded: its ApplicationStop runs next. */
  installed: Bundle | null;
  /** Whether the last deployment to it failed: such instances are deployed to first. */
  failed: boolean;
}

/** An EC2 tag filter of a deployment group; an absent value matches every value. */
export interface TagFilter {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Instances of EC2, as far as CodeDeploy and load balancers touch them. */
export class Fleet implements Backends {
  readonly #instances = new Map<string, Instance>();
  readonly #chance;

  constructor({ random }: Pick<Surroundings, 'random'>) {
    this.#chance = random('fleet');
  }

  /** Starts instances with nothing on them yet. */
  launch(count: number, tags: Readonly<Record<string, string>>, port = 8080): readonly Instance[] {
    return Array.from({ length: count }, () => {
      const id = `i-0${this.#chance.hex(16)}`;
      const instance: Instance = { id, tags, port, running: null, installed: null, failed: false };
      this.#instances.set(id, instance);
      return instance;
    });
  }

  terminate(id: string): void {
    this.#instances.delete(id);
  }

  all(): readonly Instance[] {
    return [...this.#instances.values()];
  }

  /** Instances that match at least one of the filters. */
  tagged(filters: readonly TagFilter[]): readonly Instance[] {
    return this.all().filter(({ tags }) =>
      filters.some(({ Key = '', Value }) => Key in tags && (Value === undefined || tags[Key] === Value)),
    );
  }

  answers({ id }: TargetId): Behaviour | null {
    return this.#instances.get(id)?.running ?? null;
  }
}
