import type { Backends, Behaviour, TargetId } from '../seams.ts';

/** IP addresses outside the world's services. Records point at them, and health checks reach them. */
export class Endpoints implements Backends {
  readonly #byAddress = new Map<string, Behaviour>();

  /** Sets an address's behaviour; null if it no longer answers. */
  put(address: string, behaviour: Behaviour | null): void {
    if (behaviour === null) this.#byAddress.delete(address);
    else this.#byAddress.set(address, behaviour);
  }

  answers({ id }: TargetId): Behaviour | null {
    return this.#byAddress.get(id) ?? null;
  }
}
