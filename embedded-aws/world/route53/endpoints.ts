import type { Backends, Behaviour, TargetId } from '../seams.ts';

/** IP addresses and names outside the world's services. Records point at them, and health checks reach addresses. */
export class Endpoints implements Backends {
  readonly #byAddress = new Map<string, Behaviour>();

  /** Sets the behaviour of an address or a name; null if it no longer answers. */
  put(address: string, behaviour: Behaviour | null): void {
    if (behaviour === null) this.#byAddress.delete(address);
    else this.#byAddress.set(address, behaviour);
  }

  answers({ id }: TargetId): Behaviour | null {
    return this.#byAddress.get(id) ?? null;
  }
}
