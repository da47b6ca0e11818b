import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { expectDenied, eventOf, putAsPipeline } from './speak.ts';
import type { Scenario } from '../scenario.ts';
import { NEIGHBOUR, type Stage } from '../stage.ts';
import { rejectedOnce } from './published.ts';

const BUS = 'lastgood-prod';
const STRANGER = '999988887777';
const REQUEST = { target: TARGET, reason: 'carts are empty since the release' };

const OWN_REQUEST = eventOf('shop.pipeline', 'Rollback Requested', REQUEST);

/** Accounts and tools that may ask for a rollback, and those that may not. */
export const requests: readonly Scenario[] = [
  {
    name: 'events-request-of-neighbour',
    shows: 'a request from another account that the stack allows: it is done',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      await ask(stage, NEIGHBOUR, 'Rollback Requested');
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'events-request-by-name',
    shows:
      'a request names the revision as Lastgood shows it, though it is not the last known good: it is found',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0 });
      await shop.deployed();
      shop.release('v3', { errorRate: 0.03 });
      await shop.deployed();
      await stage.minutes(2);
      const detail = { ...REQUEST, revision: 'checkout:2' };
      await putAsPipeline(stage, [eventOf('shop.pipeline', 'Rollback Requested', detail)]);
      await stage.aftermath();
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      because: /checkout:2 runs again/,
    },
  },
  {
    name: 'events-request-by-unknown-name',
    shows: 'a request names a revision that the service never had: nothing is changed, and the error says so',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const detail = { ...REQUEST, revision: 'checkout:9' };
      await putAsPipeline(stage, [eventOf('shop.pipeline', 'Rollback Requested', detail)]);
      await stage.aftermath();
    },
    ends: { outcome: 'failed-clean', served: false, writes: [], because: /request\.revision.*checkout:9/ },
  },
  {
    name: 'events-tag-near-miss',
    shows:
      'the service is tagged Lastgood instead of lastgood: nothing is written, and the reason names the tag',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      stage.call('ecs', 'UntagResource', { resourceArn: shop.arn, tagKeys: ['lastgood'] });
      stage.call('ecs', 'TagResource', { resourceArn: shop.arn, tags: [{ key: 'Lastgood', value: 'auto' }] });
      shop.release('v2', { errorRate: 0.4 });
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /Its tag "Lastgood" is another key/ },
  },
  {
    name: 'events-request-of-stranger',
    shows:
      "a request from an unknown account, another event of an allowed account, and one that poses as Lastgood's: AWS denies each",
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const answers = [
        await ask(stage, STRANGER, 'Rollback Requested'),
        await ask(stage, NEIGHBOUR, 'Rollback Succeeded'),
        await ask(stage, NEIGHBOUR, 'Rollback Requested', 'lastgood'),
      ];
      if (answers.some((answer) => 'eventId' in answer)) throw new Error('the policy let it in');
      await stage.minutes(5);
    },
    ends: { outcome: 'none', served: false, writes: [], executions: 0 },
  },
  {
    name: 'events-impostor',
    shows:
      'a pipeline of the same account cannot publish as Lastgood, even if its role allows it; it may ask as itself',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const forged = { target: TARGET, execution: 'arn:of-a-real-one', reasons: ['all is well'] };
      await expectDenied(stage, [eventOf('lastgood', 'Rollback Approval Requested', forged)]);
      await expectDenied(stage, [eventOf('lastgood.slack', 'Slack Request', {})]);
      await expectDenied(stage, [OWN_REQUEST, eventOf('lastgood', 'Rollback Succeeded', forged)]);
      await putAsPipeline(stage, [OWN_REQUEST]);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'events-look-alike',
    shows: 'a request that claims to come from a person in Slack: no rollback starts, and the bus says why',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const detail = { ...REQUEST, requestedBy: 'slack:U0ADA' };
      await putAsPipeline(stage, [eventOf('shop.pipeline', 'Rollback Requested', detail)]);
      await stage.minutes(5);
    },
    ends: {
      outcome: 'none',
      served: false,
      writes: [],
      executions: 0,
      also: (stage) => rejectedOnce(stage, 'detail.requestedBy'),
    },
  },
];

/** Opens a shop whose release hurts a little: no alarm turns, a person notices. */
async function openBadShop(stage: Stage): Promise<void> {
  const shop = await openShop(stage);
  shop.release('v2', { errorRate: 0.03 });
  await shop.deployed();
  await stage.minutes(2);
}

function ask({ runtime }: Stage, account: string, detailType: string, source = 'shop.release-train') {
  return runtime.putFrom({ account }, { bus: BUS, source, detailType, detail: REQUEST });
}
