import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import { NEIGHBOUR, type Stage } from '../stage.ts';
import { heard } from './told.ts';

const BUS = 'lastgood-prod';
const STRANGER = '999988887777';
const REQUEST = { target: TARGET, reason: 'carts are empty since the release' };

/** Who may ask for a rollback, and who is told that they may not. */
export const requests: readonly Scenario[] = [
  {
    name: 'events-request-of-neighbour',
    shows: 'a request from another account that the stack lets in: it is done',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      ask(stage, NEIGHBOUR, 'Rollback Requested');
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'] },
  },
  {
    name: 'events-request-of-stranger',
    shows:
      "a request from an account that the stack does not name, and any other event of a neighbour's: AWS denies it",
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const answers = [
        ask(stage, STRANGER, 'Rollback Requested'),
        ask(stage, NEIGHBOUR, 'Rollback Succeeded'),
      ];
      if (answers.some((answer) => 'eventId' in answer)) throw new Error('the policy let it in');
      await stage.minutes(5);
    },
    ends: { outcome: 'none', served: false, writes: [], executions: 0 },
  },
  {
    name: 'events-look-alike',
    shows: 'a request that looks as if we had made it ourselves: no rollback starts, and the bus says why',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const entry = { Source: 'lastgood', DetailType: 'Rollback Requested', Detail: JSON.stringify(REQUEST) };
      stage.call('events', 'PutEvents', { Entries: [{ ...entry, EventBusName: BUS }] });
      await stage.minutes(5);
    },
    ends: {
      outcome: 'none',
      served: false,
      writes: [],
      executions: 0,
      also: (stage) => {
        const rejected = heard(stage).filter(({ type }) => type === 'Rollback Rejected');
        const isTold = rejected.length === 1 && rejected[0]?.detail['field'] === 'source';
        return isTold ? null : 'nobody was told, once, that the source is not theirs';
      },
    },
  },
];

/** Its release hurts a little: no alarm turns, a person notices. */
async function openBadShop(stage: Stage): Promise<void> {
  const shop = await openShop(stage);
  shop.release('v2', { errorRate: 0.03 });
  await shop.deployed();
  await stage.minutes(2);
}

function ask({ runtime }: Stage, account: string, detailType: string) {
  const entry = { bus: BUS, source: 'shop.release-train', detailType, detail: REQUEST };
  return runtime.putFrom({ account }, entry);
}
