import { AwsError } from '@lastgood/embedded-aws/world/service.ts';
import { advice, LOOK_ONLY } from '../advice.ts';
import { wasAskedBecause } from '../ecs/endings.ts';
import { allOf } from '../evidence/found.ts';
import { firstPageLacks } from '../report/pages.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { openEdge, TARGET, weighs } from './edge.ts';

const FAULTY = { errorRate: 0.4 };
const WRITE = 'ChangeResourceRecordSets';

/** Situations that block the weights from going back. */
export const dnsBlockers: readonly Scenario[] = [
  {
    name: 'route53-blue-gone',
    shows: 'green hurts after the servers of blue were shut down: DNS cannot go back, and nothing is changed',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { checked: true });
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(2);
      edge.behave('blue', null);
      await stage.minutes(1);
      edge.behave('green', FAULTY);
      await stage.aftermath();
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /passed over blue: blue cannot take it: 0 of 6 checkers .* report success/,
    },
  },
  {
    name: 'route53-blue-gone-unwatched',
    shows:
      'the same where no health check watches blue: a person is asked, and the users of green keep what works',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage);
      edge.behave('green', { errorRate: 0.05 });
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(0.5);
      edge.behave('blue', null);
      await stage.aftermath();
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      ...{ outcome: 'skipped', served: false, writes: [] },
      because: /No answer came/,
      also: wasAskedBecause(
        /blue has no traffic now, and no health check shows that its servers still answer/,
      ),
    },
  },
  {
    name: 'route53-alias-down',
    shows:
      'blue is an alias of a load balancer whose targets are down: DNS cannot go back, and nothing is changed',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { aliased: true });
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(3);
      edge.behave('green', FAULTY);
      edge.behave('blue', null);
      await stage.aftermath();
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /blue cannot take it: target group blue has no healthy target/,
    },
  },
  {
    name: 'route53-taken-out',
    shows:
      'an operator disabled and inverted the health check of blue, which keeps users away: DNS does not go back',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { checked: true });
      edge.weigh({ blue: 0, green: 255 });
      edge.takeOut('blue');
      edge.behave('green', FAULTY);
      await stage.aftermath();
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      ...{ outcome: 'failed-clean', served: false, writes: [] },
      because: /blue cannot take it: health check \S+ is disabled and inverted/,
    },
  },
  {
    name: 'route53-first',
    shows: 'the first observed weights hurt: no better ones are known',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { proven: false });
      edge.behave('blue', FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /no last known good weights/ },
  },
  {
    name: 'route53-put-back-after-ours',
    shows:
      "a pipeline sets the bad weights again after Lastgood's write: Lastgood does not fight, and a person is notified at once",
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { checked: true });
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.until('the proof has begun', () => isIn(stage, 'Verify'));
      edge.weigh({ blue: 0, green: 255 });
      await stage.until('the rollback has ended', () => !isIn(stage), 2.5);
      await stage.minutes(3);
      weighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      ...{ outcome: 'failed-dirty', served: false, writes: [WRITE] },
      because: /the weights were changed after the rollback: blue=0 green=255/,
    },
  },
  {
    name: 'route53-fix-overtakes',
    shows:
      'an operator sends the users to a third side in the middle of a rollback: Lastgood yields, and a person is notified',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { checked: true });
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.until('the way back was started', () => stage.journal.writes().includes(WRITE));
      await stage.minutes(0.2);
      edge.behave('fix', {});
      edge.weigh({ blue: 0, green: 0, fix: 255 });
      await stage.aftermath();
      weighs(edge, { blue: 0, fix: 255, green: 0 });
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: [WRITE],
      also: allOf(
        (stage) =>
          firstPageLacks(
            stage,
            'Another deployment took over: blue=0 fix=255 green=0',
            'between 02:10 and 02:11',
            'at least 2 min',
          ),
        advice([
          LOOK_ONLY,
          /^Check that .*fix=255.* was deployed on purpose\. Lastgood leaves it as it is\.$/,
          /^If users are still hurt, ask for the rollback again\.$/,
        ]),
      ),
    },
  },
  {
    name: 'route53-busy',
    shows:
      'the zone still processes another change, and AWS throttles the account: the workflow gets through',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { checked: true });
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(2);
      const busy = new AwsError('PriorRequestNotComplete', 'Route 53 was still processing a prior request.');
      const throttled = new AwsError('Throttling', 'Rate exceeded');
      const { disturb } = stage.runtime.wire;
      disturb.fail({ service: 'route53', operation: WRITE, error: busy }, 3);
      disturb.fail({ service: 'route53', operation: 'GetChange', error: throttled }, 3);
      await stage.aftermath();
      weighs(edge, { blue: 255, green: 0 });
    },
    ends: { outcome: 'rolled-back', served: true, writes: [WRITE] },
  },
  {
    name: 'route53-not-opted-in',
    shows: 'the hosted zone is tagged to be observed: nothing is changed',
    target: TARGET,
    async play(stage) {
      const edge = await openEdge(stage, { tags: { lastgood: 'observe' } });
      edge.behave('green', FAULTY);
      edge.weigh({ blue: 0, green: 255 });
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [] },
  },
];

/** Returns whether a rollback runs, and is in this state if one is named. */
function isIn(stage: Stage, state?: string): boolean {
  return rollbacksIn(stage.runtime).some(
    ({ status, states }) => status === 'RUNNING' && (state === undefined || states.at(-1)?.name === state),
  );
}
