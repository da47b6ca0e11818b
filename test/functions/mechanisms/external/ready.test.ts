import { expect, it } from 'vitest';
import { createReceivers } from '../../../../functions/mechanisms/external/ready/receivers.ts';
import { readinessWith } from '../../../../functions/mechanisms/external/ready/ready.ts';
import { released, stage, TARGET, type Stage } from './stage.ts';

const BUS = 'arn:aws:events:eu-west-1:111122223333:event-bus/lastgood-prod';

async function findings(set: Stage, isCarried = true) {
  const receivers = { isWantedCarried: () => Promise.resolve(isCarried) };
  const ready = readinessWith({ registration: set.registration, receivers, bus: BUS });
  const request = { target: TARGET, reason: 'a check' };
  const found = await ready({ request, plan: await set.plan(), now: set.clock.now });
  return found.findings.map(({ id, severity }) => [id, severity]);
}

it('finds nothing where an answer can come', async () => {
  expect(await findings(await released())).toEqual([]);
});

it('finds that no answer would be believed', async () => {
  const set = await released();
  for (const tags of set.tags.values()) delete tags['lastgood:source'];
  expect(await findings(set)).toContainEqual(['source-missing', 'blocks']);
});

it('finds that nothing carries the event, and that nothing is reported', async () => {
  expect(await findings(stage(), false)).toEqual([
    ['receiver-missing', 'blocks'],
    ['deployments-unreported', 'risks'],
  ]);
});

it.each([
  ['names the detail type', { 'detail-type': ['Rollback Wanted'] }, true],
  ['takes every event', { source: ['lastgood'] }, true],
  ['is about other events', { 'detail-type': ['Rollback Failed'] }, false],
  ["is Lastgood's own", { source: ['lastgood'] }, false, 'lastgood-prod-notify-slack'],
])('a rule that %s: %j', async (_, pattern, isCarried, Name = 'receiver') => {
  const pages = [
    { Rules: [], NextToken: 'more' },
    { Rules: [{ Name, State: 'ENABLED', EventPattern: JSON.stringify(pattern) }] },
  ];
  const client = { send: () => Promise.resolve(pages.shift()) };
  expect(await createReceivers(client as never, BUS, 'lastgood-prod-').isWantedCarried()).toBe(isCarried);
});
