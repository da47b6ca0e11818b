import { answer } from '../../../functions/storm/answer.ts';
import type { ManyTurns } from '../../../src/lambda/turns.ts';
import { createDeliver } from '../../../functions/storm/deliver.ts';
import { update } from '../../../functions/storm/update.ts';
import type { Question } from '../../../src/approvals/questions.ts';
import type { Detail } from '../../../src/events/details.ts';
import { createStorms } from '../../../src/ledger/dynamodb.ts';
import type { Held } from '../../../src/ledger/storms.ts';
import type { Choice, Member } from '../../../src/rollback/storm/member.ts';
import { after } from '../../../src/rollback/time.ts';
import type { Turn } from '../../../src/rollback/turn.ts';
import { rememberingEmitter } from '../../src/events/published.ts';
import type { Tables } from '../../src/ledger/tables.ts';

export const START = '2026-11-22T02:14:00.000Z';
export const STORM = 'storm';

export const targetOf = (number: number) => `ecs:prod/service-${number}`;

export type Updated = Detail<'Rollback Storm Updated'>;

/** A storm in a table, whose members ask and are answered. Time stands still between the calls. */
export async function openStorm(tables: Tables) {
  const storms = createStorms(tables.client, await tables.claimsTable());
  const { emitter, published } = rememberingEmitter();
  const questions = new Map<string, Question>();
  const replies: { readonly target: string; readonly answer: object }[] = [];
  const resent: string[] = [];
  const tended: string[] = [];
  const late = new Set<string>();
  const ends = new Map<string, Member['state']>();
  const forbidden = new Set<string>();
  const turn: { given?: Turn } = {};
  let seconds = 15;
  const now = () => after(START, seconds);
  const turns: ManyTurns = {
    ofEach: (_, __, count) => Promise.resolve(Array.from({ length: count }, () => turn.given)),
  };
  const deliver = createDeliver({
    storms,
    turnsFrom: () => turns,
    questions: { of: (target) => Promise.resolve(questions.get(target) ?? null) },
    reply: (token, given) => {
      if (late.has(token)) return Promise.resolve('too-late');
      replies.push({ target: token, answer: given });
      return Promise.resolve('answered');
    },
  });
  const tend = (id: string) => Promise.resolve(void tended.push(id));
  const readPause = () => Promise.resolve(null);
  const look = update(
    {
      ...{ storms, emitter, deliver, readPause },
      tend,
      sendAnswer: (_, list, attempt = 0) => Promise.resolve(void resent.push(`${list} ${attempt}`)),
      endOf: ({ target }) => Promise.resolve(ends.get(target) ?? null),
    },
    now,
  );
  const may = (user: string, target: string) => Promise.resolve(!forbidden.has(`${user} ${target}`));
  const send = answer({ storms, emitter, deliver, tend, may, readPause }, now);
  const heldBy = (number: number): Held => ({
    ...{ target: targetOf(number), at: START, execution: `run-${number}` },
    storm: { id: STORM, role: 'member', since: START },
  });
  await storms.open(STORM, START, START);
  const takes = (choice: Choice, by: string, list: string) =>
    storms.answer(STORM, { choice, by, at: now(), list });
  const sends = async (list: string) => {
    for (let next: string | undefined = ''; next !== undefined;)
      next = (await send({ storm: STORM, list, after: next })).after;
  };

  return {
    ...{ turn, storms, published, replies, resent, tended, late, ends, forbidden, questions, heldBy },
    wait: (more: number) => void (seconds += more),
    /** Lets members ask about a plan. */
    async asks(
      from: number,
      to: number,
      more: { own?: boolean; approvals?: 1 | 2; plan?: string; agoSeconds?: number } = {},
    ) {
      const { own = true, approvals = 1, plan = 'plan', agoSeconds = 10 } = more;
      for (let number = from; number < to; number++) {
        const about = { plan, approvals, askedAt: now(), heard: 0, again: 0 };
        const answerBy = after(now(), 600);
        questions.set(targetOf(number), { token: targetOf(number), answerBy, askedBy: null, about });
        const question = { plan, askedAt: after(now(), -agoSeconds), answerBy, own, approvals };
        await storms.asks(heldBy(number), question, { deploys: [] }, now());
      }
    },
    look: (generation = 1) => look({ storm: STORM, generation, startedAt: START }),
    /** Returns the last published state. */
    last: () => published.at(-1)?.detail as unknown as Updated,
    /** Answers the list, and sends the answer page by page. */
    async answers(choice: Choice, by: string, list: string) {
      const taken = await takes(choice, by, list);
      if (taken.is === 'taken') await sends(list);
      return taken;
    },
    ...{ takes, sends },
    end: (number: number, state: Member['state']) => storms.ended(heldBy(number), state, now()),
    repliesTo: () => replies.map(({ target }) => target).sort(),
  };
}
