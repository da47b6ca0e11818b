import type { Random } from '@lastgood/embedded-aws/world/random.ts';
import { parsed } from './json.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Triggers } from './triggers.ts';
import { View } from './view-shape.ts';

/** A modal that is open for a user. */
export interface OpenView {
  readonly id: string;
  readonly user: string;
  readonly view: View;
  /** Milliseconds from the user's action to the opening. */
  readonly afterMs: number;
}

/** Largest view that Slack accepts: 250 kB. https://docs.slack.dev/reference/methods/views.open */
const MAX_BYTES = 250_000;

/** The modals of a workspace. */
export class Views {
  /** All modals that were ever opened. */
  readonly opened: OpenView[] = [];
  readonly #random: Random;
  readonly #triggers: Triggers;
  readonly #open = new Map<string, OpenView>();

  constructor(random: Random, triggers: Triggers) {
    this.#random = random;
    this.#triggers = triggers;
  }

  /** Opens a modal: `views.open` of the Web API. */
  open(form: Readonly<Record<string, string>>): object | Refusal {
    const text = form['view'] ?? '';
    if (Buffer.byteLength(text) > MAX_BYTES) return refuse('view_too_large');
    const view = View.safeParse(parsed(text));
    if (!view.success)
      return { ...refuse('invalid_arguments'), response_metadata: { messages: [view.error.message] } };
    const trigger = this.#triggers.exchange(form['trigger_id'] ?? '');
    if ('ok' in trigger) return trigger;
    const open: OpenView = { id: `V${this.#random.hex(10).toUpperCase()}`, view: view.data, ...trigger };
    this.opened.push(open);
    this.#open.set(open.user, open);
    return { ok: true, view: { id: open.id, ...view.data } };
  }

  /**
   * Returns the modal that a user has open.
   * @throws Error when there is none
   */
  openFor(user: string): OpenView {
    const open = this.#open.get(user);
    if (open === undefined) throw new Error(`${user} has no open form`);
    return open;
  }

  /** Closes a modal, as Slack does when the app answers its submission with nothing. */
  close(user: string): void {
    this.#open.delete(user);
  }
}
