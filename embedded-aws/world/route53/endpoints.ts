import type { Backends, Behaviour, TargetId } from '../seams.ts';

/** Whatever has an IP address and is run by no service of the world: records point at it, health checks reach it. */
export class Endpoints implements Backends {
  readonly #byAddress = new Map<string, Behaviour>();

  /** From now on this address behaves so; null: nobody answers there any more. */
  put(address: string, behaviour: Behaviour | null): void {
    if (behaviour === null) this.#byAddress.delete(address);
    else this.#byAddress.set(address, behaviour);
  }

  answers({ id }: TargetId): Behaviour | null {
    return this.#byAddress.get(id) ?? null;
  }
}
