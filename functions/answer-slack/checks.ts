import * as z from 'zod/mini';
import type { Kept } from '../../src/readiness/document.ts';
import { asItCame } from '../../src/rollback/as-it-came.ts';
import { code, escape } from '../../src/slack/escape.ts';
import { say, withNotes } from '../../src/slack/messages/answers.ts';
import { readinessOf } from '../../src/slack/messages/readiness.ts';
import { triggerIdOf, type Command, type Form } from '../../src/slack/said.ts';
import { answerAsker, Asker, askerOf } from './asker.ts';
import type { Desk, OpenDesk } from './desk.ts';
import { readEnd, whyOf } from './plans.ts';

/** Starts a check for the user who asks. Its end brings the answer. */
export async function startCheck(desk: Desk, said: Command | Form, target: string): Promise<null> {
  const check = { target, occasion: 'asked', id: triggerIdOf(said) } as const;
  await desk.startCheck(check, { asker: askerOf(said, desk.secret) });
  return null;
}

/** The end of a check that a user asked for in Slack. */
export interface Checked {
  readonly asker: Asker;
  readonly target: string;
  /** Null: the execution failed, or the event left out the check for its length. */
  readonly kept: Kept | null;
  /** Why there is no check. */
  readonly why: string;
}

const Input = z.object({
  occasion: z.literal('asked'),
  asker: Asker,
  request: z.object({ target: z.string() }),
});

/** Reads the end of a check. Null: another event, or one that no user of Slack waits for. */
export function readChecked(event: unknown): Checked | null {
  const end = readEnd(event);
  const input = Input.safeParse(end?.input);
  if (end === null || !input.success) return null;
  const kept = asItCame<Kept>('target', 'ready', 'score', 'findings').safeParse(end.output);
  const { asker, request } = input.data;
  return { asker, target: request.target, kept: kept.success ? kept.data : null, why: whyOf(end) };
}

/** Shows a check. Without one it shows the last that is stored, and says so. */
export async function showCheck(desk: OpenDesk, { asker, target, kept, why }: Checked): Promise<void> {
  if (kept !== null) return answerAsker(desk, asker, readinessOf(kept));
  const failed = `${code(target)} could not be checked now: ${escape(why, 1000)}`;
  const last = await desk.readinesses.of(target);
  await answerAsker(
    desk,
    asker,
    last === null ? say(failed) : withNotes(readinessOf(last), [`${failed}. This is the last check.`]),
  );
}
