import type { Random } from '@lastgood/embedded-aws/world/random.ts';
import { parsed } from './json.ts';
import { refuse, type Refusal } from './refusal.ts';
import type { Triggers } from './triggers.ts';
import { View } from './view-shape.ts';

/** A modal that stands open in front of somebody. */
export interface OpenView {
  readonly id: string;
  readonly user: string;
  readonly view: View;
  /** Milliseconds from what the person did to the opening. */
  readonly afterMs: number;
}

/** Slack takes views of up to 250 kB. https://docs.slack.dev/reference/methods/views.open */
const MAX_BYTES = 250_000;

/** The modals of a workspace. */
export class Views {
  /** Those that were ever opened. */
  readonly opened: OpenView[] = [];
  readonly #random: Random;
  readonly #triggers: Triggers;
  readonly #open = new Map<string, OpenView>();

  constructor(random: Random, triggers: Triggers) {
    this.#random = random;
    this.#triggers = triggers;
  }

  /** `views.open` of the Web API. */
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

  /** What stands open in front of a person. @throws Error when nothing does */
  inFrontOf(user: string): OpenView {
    const open = this.#open.get(user);
    if (open === undefined) throw new Error(`no form stands open in front of ${user}`);
    return open;
  }

  /** Slack closes a modal when the app answers its submission with nothing. */
  close(user: string): void {
    this.#open.delete(user);
  }
}
