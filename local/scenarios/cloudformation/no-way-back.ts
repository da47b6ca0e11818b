import { ACCOUNT, REGION } from '@lastgood/embedded-aws/world/aws.ts';
import { ASKING } from '../requests.ts';
import { isAt } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import { FAULTY, openShop, stands, TARGET } from './shop.ts';

const NO_WRITE = { outcome: 'failed-clean', served: false, writes: [] } as const;

/** Scenarios in which Lastgood cannot go back, or must not. */
export const stackNoWayBack: readonly Scenario[] = [
  {
    name: 'cloudformation-after-completion',
    shows:
      'the update is complete when the alarm turns: no API goes back, and the reason names what deploys the stack',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:pipeline': 'the pipeline shop-release' } });
      shop.update({ code: FAULTY });
      await stage.aftermath();
    },
    ends: {
      ...NO_WRITE,
      because:
        /run the pipeline shop-release with the last good commit\. The last good update was shop@create-1/,
      also: stands('UPDATE_COMPLETE', '2'),
    },
  },
  {
    name: 'cloudformation-completes-first',
    shows:
      'the monitoring time ends while a person is asked: nothing is cancelled any more, and it ends clean',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 6, tags: ASKING });
      shop.update({ code: FAULTY });
      await stage.until('a person is asked', () => isAt(stage, 'Approve'));
      await stage.aftermath();
    },
    ends: { ...NO_WRITE, because: /keeps no earlier template/, also: stands('UPDATE_COMPLETE', '2') },
  },
  {
    name: 'cloudformation-completes-unanswered',
    shows:
      'the monitoring time ends while a person is asked, and none answers: the end says that the way back is gone',
    target: TARGET,
    async play(stage) {
      const tags = { lastgood: 'approve', 'lastgood:countdown': '10' };
      const shop = await openShop(stage, { monitoringMinutes: 6, tags });
      shop.update({ code: FAULTY });
      await stage.aftermath();
    },
    ends: {
      ...{ outcome: 'skipped', served: false, writes: [] },
      because:
        /^No answer came in time.* The harm still went on at .* The way back is gone: .*keeps no earlier template/,
      also: stands('UPDATE_COMPLETE', '2'),
    },
  },
  {
    name: 'cloudformation-first-creation',
    shows: 'the stack was only created and hurts: a rollback would delete it, so it is left',
    target: TARGET,
    async play(stage) {
      await openShop(stage, { first: FAULTY, proven: false });
      await stage.aftermath();
    },
    ends: { ...NO_WRITE, because: /keeps no earlier template/ },
  },
  {
    name: 'cloudformation-nested',
    shows: 'the alarm names a nested stack: CloudFormation updates it with its root, which the reason names',
    target: TARGET,
    async play(stage) {
      const root = `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/whole/0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f`;
      const shop = await openShop(stage, { root, monitoringMinutes: 30, proven: false });
      shop.update({ code: FAULTY });
      await stage.aftermath();
    },
    ends: { ...NO_WRITE, because: /nested in cloudformation:whole: roll that back instead/ },
  },
  {
    name: 'cloudformation-owned-by-pipeline',
    shows: 'the tag of the stack names its pipeline: it is not touched, and the owner is named',
    target: TARGET,
    async play(stage) {
      const tags = { 'lastgood:target': 'pipeline:shop/deploy' };
      const shop = await openShop(stage, { tags, monitoringMinutes: 30 });
      shop.update({ code: FAULTY });
      await stage.aftermath();
    },
    ends: { ...NO_WRITE, because: /pipeline:shop\/deploy deploys cloudformation:shop/ },
  },
  {
    name: 'cloudformation-created-a-table',
    shows:
      'the update created a table, which a rollback would delete with its data: a person is asked, and none answers',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { monitoringMinutes: 60, tags: { 'lastgood:countdown': '5' } });
      const table = { logicalId: 'Orders', type: 'AWS::DynamoDB::Table', does: 'creates' } as const;
      shop.update({ code: FAULTY, more: [table] });
      await stage.aftermath();
    },
    ends: { outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
  },
];
