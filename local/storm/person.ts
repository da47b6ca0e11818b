import type { People } from '../slack/people.ts';
import type { Ground } from './ground.ts';

/** The person on call, whom the access rules allow every target. */
export const ON_CALL = 'U0ADA';

/** A person waits until a question has stopped growing for so long, and then presses its button. */
const READS_MS = 30_000;
const LOOKS_EVERY_MS = 1_000;

/** Labels of the buttons that let a rollback go on, the one for all targets of a storm first. */
const LABELS = [/^Roll (back )?all/i, /^All\b/i, /^Approve$/];

interface Element {
  readonly type?: string;
  readonly text?: { readonly text?: string };
}

/** When the person pressed a button, in milliseconds since the epoch. */
export interface Presses {
  readonly at: readonly number[];
  stop(): void;
}

/**
 * Presses the first button that lets rollbacks go on, once it has had the same label for some seconds: the label counts
 * the targets. Presses again where a later question has one.
 */
export function answering({ world: { clock }, slack: { channel } }: Ground, people: People): Presses {
  const at: number[] = [];
  let seen: { readonly label: string; readonly at: number } | null = null;
  const timer = clock.every(LOOKS_EVERY_MS, () => {
    const label = labelIn(channel.posted);
    if (label === null) seen = null;
    else if (label !== seen?.label) seen = { label, at: clock.now() };
    else if (clock.now() >= seen.at + READS_MS) {
      seen = null;
      at.push(clock.now());
      void people.press(ON_CALL, label, channel.posted);
    }
  });
  return { at, stop: () => timer.cancel() };
}

function labelIn(posted: Ground['slack']['channel']['posted']): string | null {
  const labels = posted.flatMap(({ blocks }) =>
    blocks.flatMap(({ elements = [] }) =>
      (elements as readonly Element[]).flatMap(({ type, text }) =>
        type === 'button' ? (text?.text ?? []) : [],
      ),
    ),
  );
  for (const wanted of LABELS) {
    const found = labels.find((label) => wanted.test(label));
    if (found !== undefined) return found;
  }
  return null;
}
