import { expect, it } from 'vitest';
import type { Request } from '../../../src/rollback/request.ts';
import { watchFor } from '../../../src/rollback/watch.ts';

const TAGS = { 'lastgood:alarms': 'latency errors', 'lastgood:probe': 'https://shop.example/health' };
const GROUPS = [{ arn: 'blue', wanted: 2 }];
const AT = '2026-11-22T03:04:00.000Z';
const byAlarm: Request = {
  target: 'ecs:prod/checkout',
  reason: 'alarm',
  trigger: { type: 'alarm', id: 'a', at: AT, alarm: 'errors' },
};
const byHand: Request = { target: 'ecs:prod/checkout', reason: 'by hand' };

it('names the alarms of the deployment, of the tags and of the trigger, each once', () => {
  expect(watchFor(TAGS, byAlarm, GROUPS, ['rollout', 'latency'])).toEqual({
    targetGroups: GROUPS,
    alarms: ['rollout', 'latency', 'errors'],
    probes: ['https://shop.example/health'],
  });
});

it('names the alarm of the trigger where no tag does', () => {
  expect(watchFor({}, byAlarm, [])).toEqual({ targetGroups: [], alarms: ['errors'], probes: [] });
});

it('names no alarm where a person asked and no tag does', () => {
  expect(watchFor({}, byHand, []).alarms).toEqual([]);
});
