import type { DescribeAlarmsOutput } from '@aws-sdk/client-cloudwatch';
import fc from 'fast-check';
import type { AwsService } from '@lastgood/embedded-aws/world/service.ts';
import { expect, onTestFinished, test } from 'vitest';
import '../../../local/scenarios/silence-logs.ts';
import { FAULTS } from '../../../local/campaign/faults/all.ts';
import { rates } from '../../../local/campaign/faults/rates.ts';
import { INCIDENTS } from '../../../local/campaign/faults/incidents.ts';
import type { Night } from '../../../local/campaign/night.ts';
import { openStage } from '../../../local/scenarios/stage.ts';
import { playStory } from '../../../local/campaign/play.ts';
import type { Step, Story } from '../../../local/campaign/story.ts';

const names = FAULTS.map(({ name }) => name);

test('there are at least forty faults, each with a name of its own', () => {
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(40);
});

test('the source of a fault is a page or an incident', () => {
  for (const { source } of FAULTS) expect(source).toMatch(/^(?:https:\/\/|incident \d+: .*https:\/\/)\S+/);
});

test('every incident is the source of a fault', () => {
  const cited = FAULTS.flatMap(({ source }) =>
    [...source.matchAll(/incident (\d+):/g)].map(([, of]) => Number(of)),
  );
  expect(INCIDENTS.filter(({ number }) => !cited.includes(number))).toEqual([]);
  expect(INCIDENTS).toHaveLength(20);
});

test('the buckets that are emptied exist', async () => {
  const asked: string[] = [];
  const disturb = {
    shrink: (service: string, bucket: string) => (asked.push(`${service} ${bucket}`), () => undefined),
    drain: () => undefined,
  };
  for (const fault of rates)
    fault.begin({ stage: { runtime: { wire: { disturb } } } } as unknown as Night, {});
  const stage = await openStage({ seed: 1, fast: true });
  onTestFinished(() => stage.close());
  const services: readonly AwsService[] = [...Object.values(stage.services), stage.world.tagging];
  const buckets = services.flatMap(({ signingName, operations }) =>
    Object.values(operations).map(({ bucket }) => `${signingName} ${bucket?.name}`),
  );
  expect(asked.filter((one) => !buckets.includes(one))).toEqual([]);
});

/** Seconds from one fault to the next. Each lasts half of it. */
const APART = 40;

const everyFault: readonly Step[] = FAULTS.map(({ name, draws }, place) => ({
  at: 30 + place * APART,
  what: name,
  with: { ...fc.sample(draws, { seed: 16, numRuns: 1 })[0], seconds: APART / 2 },
}));

const story: Story = {
  seed: 16,
  ground: 'ecs/ECS/rolling',
  settings: {
    tags: { lastgood: 'auto', 'lastgood:soak': '1' },
    count: 2,
    alarm: { on: 'share', minutes: 1, missing: 'notBreaching', composite: true },
    proven: true,
    slowness: false,
    interleaved: false,
  },
  steps: [{ at: 0, what: 'release', with: { way: 'errors' } }, ...everyFault],
  minutes: (FAULTS.length * APART) / 60 + 2,
};

test('each fault begins and ends, and the stage is as it was', { timeout: 120_000 }, async () => {
  let night: Night | undefined;
  let alarms: DescribeAlarmsOutput = {};
  await playStory(story, (played) => {
    night = played;
    alarms = played.stage.call<DescribeAlarmsOutput>('cloudwatch', 'DescribeAlarms', {
      AlarmTypes: ['MetricAlarm', 'CompositeAlarm'],
      AlarmNames: ['errors', 'service', ...Array.from({ length: 8 }, (_, place) => `other-${place + 1}`)],
    });
  });
  const faults = night?.diary.filter(({ by }) => by === 'fault') ?? [];
  expect(faults.map(({ what }) => what)).toEqual(names);
  expect(
    faults.filter(({ at, until, refused }) => refused !== undefined || until !== at + APART * 500),
  ).toEqual([]);

  const { stage, releases } = night as Night;
  expect(alarms.CompositeAlarms?.map(({ AlarmName, ActionsEnabled }) => [AlarmName, ActionsEnabled])).toEqual(
    [['service', true]],
  );
  expect(alarms.MetricAlarms).toMatchObject([
    { AlarmName: 'errors', Threshold: 5, EvaluationPeriods: 2, DatapointsToAlarm: 1, ActionsEnabled: true },
  ]);
  expect(releases.trouble).toEqual({ slowerStarts: 1, failsHealthChecks: false, firstFails: 0 });
  expect(stage.slack.server.trouble).toBeNull();
  expect(stage.world.cloudtrail.delay).toEqual({ min: 60, max: 900 });
  expect(stage.runtime.lambda.troubles.skewMs('lastgood-prod-guard')).toBe(0);
});
