import { openShop } from '../ecs/shop.ts';
import { expectNotCondemned } from '../ecs/endings.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { publishedEvents } from './published.ts';
import { rollbacksIn } from '../rollbacks.ts';

const MACHINE = 'lastgood-prod-rollback';
const WORDS = 'Carts are empty. Press Approve.';

/** Executions that were started with more than a request. */
export const forgedDocuments: readonly Scenario[] = [
  {
    name: 'events-forged-document',
    shows:
      'an execution is started with a forged plan, verdict and claim beside the request: refused, and the bus says only that',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      for (const slices of [plan(shop.releases['v1'] ?? ''), { claim: claimOf('forged-1') }]) {
        start(stage, { request: REQUEST, ...slices });
        await stage.aftermath();
      }
      await expectNotCondemned(stage, Object.values(shop.releases));
    },
    ends: {
      outcome: 'failed-clean',
      served: true,
      writes: [],
      executions: 2,
      because: /^InvalidRequest: (plan|claim): a rollback begins with a request and nothing else$/,
      also: (stage) => onlyRefusals(stage),
    },
  },
];

const AT = '2026-11-22T02:00:00.000Z';
const REQUEST = { target: TARGET, reason: WORDS, trigger: { type: 'alarm', id: 'x', at: AT, alarm: WORDS } };

/** Returns what an honest execution would hold after it went back from the proven version. */
function plan(proven: string) {
  const [from, to] = [proven, 'checkout:99'].map((id) => ({ id, name: id }));
  const watch = { targetGroups: [], alarms: [], probes: [] };
  const tags = { lastgood: 'auto' };
  return {
    plan: {
      state: 'ready',
      at: AT,
      tags,
      watch,
      source: 'ledger',
      from,
      to,
      fromTags: {},
      rungs: [],
      memo: null,
    },
    verdict: { verdict: 'act', at: AT, reasons: [WORDS] },
    claim: claimOf('forged-0'),
  };
}

/** A starter chooses the name of an execution, and so knows its ARN before it runs. */
function claimOf(execution: string) {
  const holder = `arn:aws:states:eu-west-1:111122223333:execution:${MACHINE}:${execution}`;
  return { kind: 'ecs', holder, since: AT, expiresAt: '2026-11-23T02:00:00.000Z' };
}

function start(stage: Stage, input: object): void {
  const name = `forged-${rollbacksIn(stage.runtime).length}`;
  const stateMachineArn = `arn:aws:states:eu-west-1:111122223333:stateMachine:${MACHINE}`;
  stage.call('states', 'StartExecution', { stateMachineArn, name, input: JSON.stringify(input) });
}

/** Returns null if each execution published its refusal and nothing of what it was started with. */
function onlyRefusals(stage: Stage): string | null {
  const events = publishedEvents(stage).filter(({ detail }) => 'execution' in detail);
  const others = events.filter(({ type }) => type !== 'Rollback Failed');
  if (events.length !== 2 || others.length > 0)
    return `published were ${events.map(({ type }) => type).join()}`;
  return JSON.stringify(events).includes(WORDS) ? 'the words of the starter were published' : null;
}
