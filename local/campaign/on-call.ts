import type { Night } from './night.ts';

/** The person on call, whom the access rules allow every target. */
export const ON_CALL = 'U0ADA';

const LOOKS_EVERY_MS = 5_000;

type Message = Night['stage']['slack']['channel']['posted'][number];

interface Element {
  readonly type?: string;
  readonly text?: { readonly text?: string };
}

/** From now on the person on call answers each question in Slack, some seconds after it was asked. */
export function answerQuestions({ stage, people, diary }: Night, label: string, afterSeconds: number): null {
  const { clock } = stage.world;
  let seenAt: number | null = null;
  clock.every(LOOKS_EVERY_MS, () => {
    if (!hasButton(stage.slack.channel.posted, label)) {
      seenAt = null;
      return;
    }
    seenAt ??= clock.now();
    if (clock.now() < seenAt + afterSeconds * 1000) return;
    seenAt = null;
    diary.push({ at: clock.now(), by: 'person', what: `presses ${label}` });
    void people.press(ON_CALL, label, stage.slack.channel.posted);
  });
  return null;
}

/** Says whether one of these messages has the button. */
export function hasButton(messages: readonly Pick<Message, 'blocks'>[], label: string): boolean {
  return messages.some(({ blocks }) =>
    blocks.some(({ elements = [] }) =>
      (elements as readonly Element[]).some(({ type, text }) => type === 'button' && text?.text === label),
    ),
  );
}
