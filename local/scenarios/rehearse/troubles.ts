import type { Rollback } from '../../../src/rollback/document.ts';
import { advice } from '../advice.ts';
import { wentTo } from '../ecs/endings.ts';
import { putAlarmOfAnother, turn, turnToAlarm } from '../ecs/other-alarms.ts';
import { openProvenShop } from '../ecs/proven-shop.ts';
import { request } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import { condemnedBesides } from '../events/published.ts';
import { openEdge, TARGET as RECORD, weighs as edgeWeighs } from '../route53/edge.ts';
import { rollbacksIn } from '../rollbacks.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { ended, expectState, REHEARSE, rehearse, startBack, startForward } from './rehearsal.ts';

const QUEUE = 'checkout-queue';
const FAULTY = { errorRate: 0.4 };

/** The alarm takes four minutes to see the harm. */
const WATCHED = { ...REHEARSE, 'lastgood:alarms': 'edge-errors', 'lastgood:proof': '6' };

/** Lets time pass until so many executions have begun, and until their ends. */
async function executions(stage: Stage, count: number): Promise<void> {
  await stage.until(`${count} executions`, () => rollbacksIn(stage.runtime).length >= count);
  await stage.aftermath();
}

/** Opens the shop with an alarm that a scenario turns by hand. Its tag names the target. */
async function openWatched(stage: Stage) {
  const shop = await openProvenShop(stage, { tags: { ...REHEARSE, 'lastgood:countdown': '3' } });
  putAlarmOfAnother(stage, QUEUE, { 'lastgood:target': TARGET });
  turn(stage, QUEUE, 'OK');
  return shop;
}

/** The alarm's event came between the two ways, and its rollback holds the target: blue did hurt, and is condemned. */
function alarmWasFirst(stage: Stage): boolean {
  return rollbacksIn(stage.runtime).some(({ output }) => {
    const { request, outcome } = (output ?? {}) as Partial<Rollback>;
    return request?.trigger?.type === 'alarm' && outcome?.state === 'rolled-back';
  });
}

const noneCondemned = (stage: Stage) => condemnedBesides(stage, 'nothing');

/** Rehearsals in which something goes wrong, and what follows a rehearsal. */
export const rehearsalTroubles: readonly Scenario[] = [
  {
    name: 'rehearse-hurts-on-last-known-good',
    shows:
      'the last known good hurts: the way back ends at once, and the way forward heals the users, or the alarm does if it claims first',
    target: RECORD,
    async play(stage) {
      const edge = await openEdge(stage, { tags: WATCHED, checked: true });
      await stage.minutes(10);
      edge.behave('green', {});
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(12);
      edge.behave('blue', FAULTY);
      const back = startBack(stage, edge.target);
      expectState('the way back', await ended(stage, back), 'failed-dirty', back);
      const forward = startForward(stage, back);
      await ended(stage, forward);
      await stage.aftermath();
      edgeWeighs(edge, { blue: 0, green: 255 });
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['ChangeResourceRecordSets', 'ChangeResourceRecordSets'],
      because:
        /^Rehearsal, the way back: .*health was not proven: .*edge-errors was unhealthy \(is in ALARM\)/,
      also: (stage) => condemnedBesides(stage, alarmWasFirst(stage) ? 'blue' : 'nothing'),
    },
  },
  {
    name: 'rehearse-alarm-turns-on-the-way-back',
    shows:
      'an alarm turns while the way back is proven: it is heard, the rehearsal goes forward, and it is judged then',
    target: TARGET,
    async play(stage) {
      await openWatched(stage);
      const back = startBack(stage, TARGET);
      await stage.until('it settled', () => back.document().settled?.state === 'settled');
      turnToAlarm(stage, QUEUE);
      expectState('the way back', await ended(stage, back), 'failed-dirty', back);
      const forward = startForward(stage, back);
      turn(stage, QUEUE, 'OK');
      expectState('the way forward', await ended(stage, forward), 'rolled-back', forward);
      await stage.aftermath();
    },
    ends: {
      outcome: 'failed-dirty',
      served: true,
      writes: ['UpdateService', 'UpdateService'],
      also: (stage) => noneCondemned(stage) ?? wentTo(stage, 'checkout:2'),
    },
  },
  {
    name: 'rehearse-interrupted-and-hurts',
    shows:
      'a rehearsal stayed on the last known good, which hurts later: Lastgood goes forward to what ran before',
    target: RECORD,
    async play(stage) {
      const edge = await openEdge(stage, { tags: REHEARSE, checked: true });
      edge.behave('green', {});
      edge.weigh({ blue: 0, green: 255 });
      await stage.minutes(9);
      const back = startBack(stage, edge.target);
      expectState('the way back', await ended(stage, back), 'rolled-back', back);
      edge.behave('blue', FAULTY);
      await executions(stage, 2);
      edgeWeighs(edge, { blue: 0, green: 255 });
    },
    follows: 'last',
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['ChangeResourceRecordSets', 'ChangeResourceRecordSets'],
      because: /^green runs again instead of blue/,
      also: advice(
        [/^A rehearsal brought blue, .* Check that it is green\.$/, /^Let pipelines check/],
        'last',
      ),
    },
  },
  {
    name: 'rehearse-then-bad-release',
    shows:
      'a bad release within the cool-down after a rehearsal is rolled back: nothing of the rehearsal counts',
    target: TARGET,
    async play(stage) {
      const shop = await openProvenShop(stage, { tags: REHEARSE });
      await rehearse(stage, TARGET);
      shop.release('v3', FAULTY);
      await executions(stage, 3);
    },
    follows: 'last',
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService', 'UpdateService', 'UpdateService'],
      because: /^checkout:2 runs again instead of checkout:3/,
      also: (stage) => condemnedBesides(stage, 'checkout:3') ?? wentTo(stage, 'checkout:2'),
    },
  },
  {
    name: 'rehearse-then-alarm',
    shows:
      'an alarm within the hour after a rehearsal: what ran well before is not gone back from without a person',
    target: TARGET,
    async play(stage) {
      await openWatched(stage);
      await rehearse(stage, TARGET);
      await stage.minutes(10);
      stage.traffic.failAll(0.5);
      await executions(stage, 3);
    },
    follows: 'last',
    ends: {
      outcome: 'skipped',
      served: false,
      writes: ['UpdateService', 'UpdateService'],
      also: (stage) => noneCondemned(stage) ?? wentTo(stage, 'checkout:2'),
    },
  },
  {
    name: 'rehearse-person-interrupts',
    shows:
      'a person asks for a rollback while a rehearsal is on its way: it is done after the way back has ended',
    target: TARGET,
    async play(stage) {
      await openProvenShop(stage, { tags: { ...REHEARSE, 'lastgood:countdown': '3' } });
      const back = startBack(stage, TARGET);
      await stage.until('the way back was started', () => stage.journal.writes().includes('UpdateService'));
      request(stage, { target: TARGET, reason: 'carts are empty' });
      expectState('the way back', await ended(stage, back), 'rolled-back', back);
      await executions(stage, 3);
    },
    follows: 'last',
    ends: { outcome: 'skipped', served: true, writes: ['UpdateService'], because: /No answer came/ },
  },
];
