import type { Scenario } from '../scenario.ts';
import { wasAskedBecause } from '../ecs/endings.ts';
import { ASKING, request } from '../requests.ts';
import { isAt } from '../rollbacks.ts';
import { updateStack } from '../stacks.ts';
import { shift } from './codedeploy.ts';
import { openApi, pointsAt, TARGET } from './api.ts';

const FAULTY = { errorRate: 0.4 };

/** Scenarios in which Lastgood cannot go back, or must not. */
export const lambdaNoWayBack: readonly Scenario[] = [
  {
    name: 'lambda-no-last-known-good',
    shows: 'the very first version hurts: there is nothing to go back to, it ends clean and says so',
    target: TARGET,
    async play(stage) {
      await openApi(stage, { first: FAULTY, proven: false });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /no last known good version/ },
  },
  {
    name: 'lambda-version-deleted',
    shows: 'the only good version was cleaned up: ends clean and says so',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      stage.call('lambda', 'DeleteFunction', { FunctionName: 'checkout', Qualifier: '1' });
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /passed over checkout:1: it was deleted/,
    },
  },
  {
    name: 'lambda-latest',
    shows: 'the alias points at $LATEST, which keeps no earlier code: ends clean and says what to do',
    target: TARGET,
    async play(stage) {
      await openApi(stage, { latest: true });
      stage.world.lambda.write('checkout', { ...FAULTY, latency: 0.08 });
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /\$LATEST.*publish versions/ },
  },
  {
    name: 'lambda-owned-by-codedeploy',
    shows:
      'the tag of the function says that CodeDeploy shifts the alias: it is not touched, and the owner is named',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { tags: { 'lastgood:target': 'codedeploy:shop/checkout' } });
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /codedeploy:shop\/checkout/ },
  },
  {
    name: 'lambda-shifted-by-codedeploy',
    shows:
      'CodeDeploy shifts the alias and no tag says so: it would go on to 100 % after a write, so the reason names the deployment group',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      shift(stage, '1', api.publish(FAULTY));
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: false,
      writes: [],
      because: /codedeploy:checkout\/live is shifting lambda:checkout\/live \(deployment d-[A-Z0-9]{9}\)/,
    },
  },
  {
    name: 'lambda-shifted-before-by-codedeploy',
    shows:
      'CodeDeploy has ended its shift when the alarm turns: it no longer owns the alias, and Lastgood goes back',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      shift(stage, '1', api.publish(FAULTY), 'LambdaAllAtOnce');
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateAlias'],
      also: (stage) => pointsAt(stage, '1'),
    },
  },
  {
    name: 'lambda-fix-while-asked',
    shows:
      'the fix is released while a question waits, and no answer comes: the plan is made anew, and the fix stays',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { tags: ASKING });
      api.release(FAULTY);
      await stage.until('a person is asked', () => isAt(stage, 'Approve'));
      api.release();
      await stage.aftermath();
    },
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      because: /No answer came/,
      also: (stage) => pointsAt(stage, '3'),
    },
  },
  {
    name: 'lambda-fix-at-the-last-moment',
    shows:
      "the fix is released between Lastgood's last read of the alias and its write: the lock on the revision id keeps the fix",
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage);
      api.release(FAULTY);
      stage.runtime.wire.disturb.precede('lambda', 'UpdateAlias', () => api.release());
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-clean',
      served: true,
      writes: [],
      because: /the alias was changed to 3 after the plan was made/,
      also: (stage) => pointsAt(stage, '3'),
    },
  },
  {
    name: 'lambda-fix-on-the-way-back',
    shows:
      'the fix is released while the way back still waits for its capacity: Lastgood yields, and a person is notified',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { provisioned: 20 });
      api.release(FAULTY);
      await stage.until('the way back has begun', () => stage.journal.writes().length > 0);
      await stage.minutes(0.5);
      api.release();
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['UpdateAlias'],
      because: /newer deployment took over, checkout:3/,
      also: (stage) => pointsAt(stage, '3'),
    },
  },
  {
    name: 'lambda-stack-is-updating',
    shows: 'the stack that has the function still updates: going back would fight it, so a person is asked',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { tags: { 'aws:cloudformation:stack-name': 'shop' } });
      await updateStack(stage, 'AWS::Lambda::Alias', 3600, () => void api.release(FAULTY));
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: false, writes: [] },
      because: /No answer came/,
      also: (stage) =>
        wasAskedBecause(/The stack shop, which has lambda:checkout\/live, is UPDATE_IN_PROGRESS/)(stage) ??
        pointsAt(stage, '2'),
    },
  },
  {
    name: 'lambda-not-opted-in',
    shows: 'a function without the tag is left alone',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { tags: { lastgood: 'none' }, proven: false });
      api.release(FAULTY);
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /not opted in/ },
  },
  {
    name: 'lambda-requested-version',
    shows: 'a tool asks for a version that was never proven: it is done, because the request names it',
    target: TARGET,
    async play(stage) {
      const api = await openApi(stage, { proven: false });
      api.release({ errorRate: 0.015 });
      await stage.minutes(2);
      request(stage, { target: TARGET, reason: 'carts are empty since the release', revision: '1' });
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateAlias'],
      also: (stage) => pointsAt(stage, '1'),
    },
  },
];
