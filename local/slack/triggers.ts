import type { Random } from '@lastgood/embedded-aws/world/random.ts';
import { SECRET_MARK } from '@lastgood/embedded-aws/world/secret-mark.ts';
import { refuse, type Refusal } from './refusal.ts';

/** https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
const VALID_MS = 3_000;

/** The trigger ids that let an app open a modal for a user: each is valid for three seconds, once. */
export class Triggers {
  /** Milliseconds since the epoch; inside a running function, its own time. */
  now: () => number;
  readonly #random: Random;
  readonly #issued = new Map<string, { readonly user: string; readonly at: number; exchanged: boolean }>();

  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.now = now;
  }

  issue(user: string): string {
    const id = `${this.#random.digits(12)}.${this.#random.digits(12)}.${SECRET_MARK}${this.#random.hex(32)}`;
    this.#issued.set(id, { user, at: this.now(), exchanged: false });
    return id;
  }

  /** Returns the user for whom the modal opens. Errors: https://docs.slack.dev/reference/methods/views.open */
  exchange(id: string): Refusal | { readonly user: string; readonly afterMs: number } {
    const trigger = this.#issued.get(id);
    if (trigger === undefined) return refuse('invalid_trigger_id');
    if (trigger.exchanged) return refuse('exchanged_trigger_id');
    const afterMs = this.now() - trigger.at;
    if (afterMs > VALID_MS) return refuse('expired_trigger_id');
    trigger.exchanged = true;
    return { user: trigger.user, afterMs };
  }
}
