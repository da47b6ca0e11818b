import { wasAskedBecause } from '../ecs/endings.ts';
import { openShop } from '../ecs/shop.ts';
import { TARGET } from '../ecs/target.ts';
import type { Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { bodyOf, connect, inAlertmanagersForm, sendAlert, TOOLS } from './tools.ts';

/** Alerts of monitoring tools that are not CloudWatch. */
export const webhookScenarios: readonly Scenario[] = [
  {
    name: 'webhook-alertmanager',
    shows: 'Alertmanager sends one alert three times, then resolves it: one rollback',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      connect(stage, 'alertmanager');
      const began = stage.world.clock.iso();
      for (let time = 0; time < 3; time++)
        expectStatus(202, await sendAlert(stage, 'alertmanager', inAlertmanagersForm(began)));
      await stage.aftermath();
      expectStatus(200, await sendAlert(stage, 'alertmanager', inAlertmanagersForm(began, 'resolved')));
    },
    ends: {
      outcome: 'rolled-back',
      served: true,
      writes: ['UpdateService'],
      executions: 1,
    },
  },
  {
    name: 'webhook-flapping',
    shows:
      'an alert fires and resolves six times in the hour before a good release, and fires again: a person is asked, the release stays',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage, { tags: { 'lastgood:countdown': '5' } });
      connect(stage, 'alertmanager');
      await stage.minutes(70);
      for (let time = 0; time < 6; time++) {
        const began = stage.world.clock.iso();
        expectStatus(202, await sendAlert(stage, 'alertmanager', inAlertmanagersForm(began)));
        await stage.minutes(2);
        expectStatus(200, await sendAlert(stage, 'alertmanager', inAlertmanagersForm(began, 'resolved')));
        await stage.minutes(6);
      }
      shop.release('v2');
      await shop.deployed();
      await stage.minutes(2);
      const began = stage.world.clock.iso();
      expectStatus(202, await sendAlert(stage, 'alertmanager', inAlertmanagersForm(began)));
      await stage.aftermath();
    },
    follows: 'last',
    ends: {
      outcome: 'skipped',
      served: true,
      writes: [],
      executions: 7,
      because: /No answer came/,
      also: wasAskedBecause(/had fired 6 times within the 60 minutes before/),
    },
  },
  {
    name: 'webhook-all-tools',
    shows: 'all five tools send an alert about the same fault: one rolls back, four lose the claim',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      for (const tool of TOOLS) {
        connect(stage, tool);
        expectStatus(202, await sendAlert(stage, tool, bodyOf(tool, stage.world.clock.iso())));
      }
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], executions: 5 },
  },
  {
    name: 'webhook-flood',
    shows:
      'three hundred webhooks come at once while a release hurts: most are turned away, and the rollback is not held up',
    target: TARGET,
    async play(stage) {
      const shop = await openShop(stage);
      shop.release('v2', { errorRate: 0.4 });
      await shop.deployed();
      connect(stage, 'grafana');
      const body = bodyOf('grafana', stage.world.clock.iso());
      const sent = Array.from({ length: 300 }, () => sendAlert(stage, 'grafana', body, { knows: 'a guess' }));
      const answers = await Promise.all(sent);
      const turnedAway = answers.filter((status) => status === 429).length;
      if (turnedAway !== 280) throw new Error(`${turnedAway} requests were answered 429, not 280`);
      await stage.aftermath();
    },
    ends: { outcome: 'rolled-back', served: true, writes: ['UpdateService'], executions: 1 },
  },
  {
    name: 'webhook-forged',
    shows: 'an alert with a wrong secret or a changed body is refused without a word',
    target: TARGET,
    async play(stage) {
      await openBadShop(stage);
      const began = stage.world.clock.iso();
      expectStatus(503, await sendAlert(stage, 'grafana', bodyOf('grafana', began)));
      for (const tool of TOOLS) {
        connect(stage, tool);
        expectStatus(401, await sendAlert(stage, tool, bodyOf(tool, began), { knows: 'a guess' }));
      }
      const signed = bodyOf('pagerduty', '2026-11-22T00:00:00Z');
      expectStatus(401, await sendAlert(stage, 'pagerduty', signed, { sends: bodyOf('pagerduty', began) }));
      await stage.minutes(5);
    },
    ends: { outcome: 'none', served: false, writes: [], executions: 0 },
  },
];

/** Opens a shop whose release hurts a little: no alarm of CloudWatch turns, but other tools see it. */
async function openBadShop(stage: Stage): Promise<void> {
  const shop = await openShop(stage);
  shop.release('v2', { errorRate: 0.03 });
  await shop.deployed();
  await stage.minutes(2);
}

function expectStatus(wanted: number, status: number): void {
  if (status !== wanted) throw new Error(`the webhook was answered ${status}, not ${wanted}`);
}
