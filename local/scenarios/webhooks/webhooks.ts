import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { bodyOf, connect, inAlertmanagersForm, tell, TOOLS } from './tools.ts';

/** Alerts of monitoring tools that are not CloudWatch. */
export const webhookScenarios: readonly Scenario[] = [
  {
    name: 'webhook-alertmanager',
    shows: 'Alertmanager tells of one alert three times, then that it is resolved: one rollback',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      connect(stage, 'alertmanager');
      const began = stage.world.clock.iso();
      for (let time = 0; time < 3; time++)
        expectStatus(202, await tell(stage, 'alertmanager', inAlertmanagersForm(began)));
      await stage.aftermath();
      expectStatus(200, await tell(stage, 'alertmanager', inAlertmanagersForm(began, 'resolved')));
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
    },
  },
  {
    name: 'webhook-all-tools',
    shows: 'all five tools tell of the same trouble: one rolls back, four lose the claim',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      for (const tool of TOOLS) {
        connect(stage, tool);
        expectStatus(202, await tell(stage, tool, bodyOf(tool, stage.world.clock.iso())));
      }
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], executions: 5 },
  },
  {
    name: 'webhook-forged',
    shows: 'who does not know the secret, or changes what was signed, is turned away without a word',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const began = stage.world.clock.iso();
      expectStatus(503, await tell(stage, 'grafana', bodyOf('grafana', began)));
      for (const tool of TOOLS) {
        connect(stage, tool);
        expectStatus(401, await tell(stage, tool, bodyOf(tool, began), { knows: 'a guess' }));
      }
      const signed = bodyOf('pagerduty', '2026-11-22T00:00:00Z');
      expectStatus(401, await tell(stage, 'pagerduty', signed, { sends: bodyOf('pagerduty', began) }));
      await stage.minutes(5);
    },
    ends: { outcome: 'none', served: false, writes: [], executions: 0 },
  },
];

/** Its release hurts a little: no alarm of CloudWatch turns, but other tools see it. */
async function openBadShop(stage: Stage): Promise<void> {
  const shop = await openShop(stage);
  shop.release('v2', { errorRate: 0.03 });
  await shop.deployed();
  await stage.minutes(2);
}

function expectStatus(wanted: number, status: number): void {
  if (status !== wanted) throw new Error(`the webhook was answered ${status}, not ${wanted}`);
}
