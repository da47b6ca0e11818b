import type { People } from '../slack/people.ts';
import type { Ground } from './ground.ts';

/** The person on call, whom the access rules allow every target. */
export const ON_CALL = 'U0ADA';

/** Reading a question and reaching for the button takes some seconds. */
const READS_MS = 15_000;
const LOOKS_EVERY_MS = 1_000;

/** Labels of the buttons that let a rollback go on, the one for all targets of a storm first. */
const LABELS = [/^Roll (back )?all/i, /^All\b/i, /^Approve$/];

interface Element {
  readonly type?: string;
  readonly text?: { readonly text?: string };
}

/** Presses one button: of the first question in Slack, some seconds after it was there, and never another. */
export function answerOnce(
  { world: { clock }, slack: { channel } }: Ground,
  people: People,
): { answeredAt(): number | null } {
  let answeredAt: number | null = null;
  let seenAt: number | null = null;
  const timer = clock.every(LOOKS_EVERY_MS, () => {
    const label = labelIn(channel.posted);
    if (label === null) return;
    seenAt ??= clock.now();
    if (clock.now() < seenAt + READS_MS) return;
    timer.cancel();
    answeredAt = clock.now();
    void people.press(ON_CALL, label, channel.posted);
  });
  return { answeredAt: () => answeredAt };
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
