import { createMechanism } from '../../../../functions/mechanisms/external/mechanism.ts';
import { registrationsWith } from '../../../../functions/mechanisms/external/registration.ts';
import { takeRollbackAnswer } from '../../../../functions/on-request/on-rollback-answered.ts';
import type { HandoverAnswer, Taking } from '../../../../src/ledger/handovers.ts';
import { createHandovers, createReports } from '../../../../src/ledger/dynamodb.ts';
import type { Plan } from '../../../../src/rollback/plan.ts';
import type { Request } from '../../../../src/rollback/request.ts';
import { after } from '../../../../src/rollback/time.ts';
import { writeReport } from '../../../../src/targets/report-id.ts';
import { wanted } from '../../../contract/walk.ts';
import { FakeEntries } from '../../../fakes/ledger.ts';
import { memoryTables } from '../../../fakes/memory-tables.ts';
import { rememberingEmitter } from '../../../src/events/published.ts';

export const TARGET = 'external:argocd/checkout';
export const SOURCE = 'argocd.shop';
export const ARNS = 'arn:aws:ssm:eu-west-1:111122223333:parameter/lastgood/external/';

/** Puts the mechanism between tables in memory and a ledger that a test can fill. Nothing was reported yet. */
export function stage() {
  const clock = { now: '2026-11-22T03:00:00.000Z' };
  const tags = new Map<string, Record<string, string>>([
    [`${ARNS}argocd/checkout`, { lastgood: 'auto', 'lastgood:source': SOURCE }],
  ]);
  const tables = memoryTables('ledger', 'claims');
  const [reports, handovers] = [createReports(tables, 'ledger'), createHandovers(tables, 'claims')];
  const ledger = new FakeEntries(TARGET);
  const { emitter, published } = rememberingEmitter();
  const asked = () => [...new Set(published.map(({ detail }) => detail['rollback'] as string))];
  const emit: { error: Error | null } = { error: null };
  const now = () => clock.now;
  const registration = registrationsWith(
    (arns) => Promise.resolve(arns.map((arn) => tags.get(arn) ?? {})),
    ARNS,
  );
  const mechanism = createMechanism({
    registration,
    reports,
    handovers,
    ledger,
    now,
    emitter: {
      emit: (...event) => (emit.error === null ? emitter.emit(...event) : Promise.reject(emit.error)),
    },
  });
  const pass = (seconds: number) => {
    clock.now = after(clock.now, seconds);
  };
  let deployments = 0;
  return {
    ...{ clock, tags, reports, handovers, ledger, published, emit, mechanism, registration, pass },
    /** Ids of the events `Rollback Wanted`, each once. */
    asked,
    /** Reports a deployment. Time passes before it, and until its end. */
    report: async (
      revision: string,
      state: 'started' | 'completed' | 'failed' = 'completed',
      source = SOURCE,
    ): Promise<string> => {
      const deployment = writeReport({ deployment: String(++deployments), revision, source });
      pass(60);
      await reports.keep({ target: TARGET, deployment, state: 'started', at: clock.now });
      if (state === 'started') return deployment;
      pass(60);
      await reports.keep({ target: TARGET, deployment, state, at: clock.now });
      return deployment;
    },
    /** The system says a minute later that its way back is done, and on-request keeps that. */
    done: async (revision: string): Promise<void> => {
      pass(60);
      const rollback = asked()[0] ?? '';
      const answer = { state: 'done', revision } as const;
      await takeRollbackAnswer(
        { kind: 'rollback-answer', rollback, source: SOURCE, answer },
        { handovers, reports },
        clock.now,
      );
    },
    answer: (id: string, answer: HandoverAnswer, source = SOURCE): Promise<Taking> =>
      handovers.answer(id, source, answer, clock.now),
    plan: (request?: Partial<Request>): Promise<Plan> => mechanism.plan(wanted(TARGET, request)),
  };
}

export type Stage = ReturnType<typeof stage>;

/** A good revision that is proven, and a bad one after it. */
export async function released(state: 'started' | 'completed' = 'completed'): Promise<Stage> {
  const set = stage();
  await set.report('good');
  set.ledger.prove('good', set.clock.now);
  set.pass(3600);
  await set.report('bad', state);
  return set;
}
