import type { Activity } from '@aws-sdk/client-auto-scaling';
import { describe, expect, it } from 'vitest';
import { createAutoScaling } from '../../../../functions/mechanisms/asg/sdk.ts';

const SINCE = '2026-11-22T03:00:00.000Z';
const NO_ROOM = 'We currently do not have sufficient m7g.large capacity.';

function activity(minute: number, more: Partial<Activity> = {}): Activity {
  return {
    ActivityId: String(minute),
    AutoScalingGroupName: 'web-fleet',
    Cause: 'At 2026-11-22T03:00:00Z an instance was started',
    Description: 'Launching a new EC2 instance: i-1',
    StartTime: new Date(Date.parse(SINCE) + minute * 60_000),
    StatusCode: 'Failed',
    StatusMessage: NO_ROOM,
    ...more,
  };
}

const read = (...Activities: readonly Activity[]) =>
  createAutoScaling({ send: () => Promise.resolve({ Activities }) } as never).refusedLaunch(
    'web-fleet',
    SINCE,
  );

describe('a launch that failed', () => {
  it('is quoted if it is the newest one', async () => {
    expect(await read(activity(1), activity(2, { StatusMessage: 'no.' }))).toBe('no.');
    expect(await read(activity(3, { Description: 'Terminating EC2 instance: i-2' }), activity(1))).toBe(
      NO_ROOM,
    );
  });

  it.each<[string, readonly Activity[]]>([
    ['a later one succeeded', [activity(1), activity(2, { StatusCode: 'Successful' })]],
    ['a later one is in progress', [activity(2, { StatusCode: 'InProgress' }), activity(1)]],
    ['it was before the way back', [activity(-1)]],
    ['AWS gives no reason', [activity(1, { StatusMessage: undefined })]],
    ['there is none', []],
  ])('is none where %s', async (_, activities) => {
    expect(await read(...activities)).toBeNull();
  });
});
