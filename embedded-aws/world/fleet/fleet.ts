import type { Surroundings } from '../aws.ts';
import type { Backends, Behaviour, TargetId } from '../seams.ts';
import type { Bundle } from './bundles.ts';

/** An EC2 instance with the CodeDeploy agent on it. */
export interface Instance {
  readonly id: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly port: number;
  /** The running revision; null for none. */
  running: Behaviour | null;
  /** The last successfully deployed bundle. Its ApplicationStop runs next. */
  installed: Bundle | null;
  /** Whether the last deployment to it failed. Such instances come first. */
  failed: boolean;
}

/** An EC2 tag filter of a deployment group; an absent value matches every value. */
export interface TagFilter {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** The EC2 instances that CodeDeploy and load balancers use. */
export class Fleet implements Backends {
  readonly #instances = new Map<string, Instance>();
  readonly #chance;

  constructor({ random }: Pick<Surroundings, 'random'>) {
    this.#chance = random('fleet');
  }

  /** Starts empty instances. */
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

  /** Returns the instances that match at least one of the filters. */
  tagged(filters: readonly TagFilter[]): readonly Instance[] {
    return this.all().filter(({ tags }) =>
      filters.some(({ Key = '', Value }) => Key in tags && (Value === undefined || tags[Key] === Value)),
    );
  }

  answers({ id }: TargetId): Behaviour | null {
    return this.#instances.get(id)?.running ?? null;
  }
}
