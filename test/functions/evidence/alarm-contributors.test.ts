import { describe, expect, it } from 'vitest';
import { alarmContributors } from '../../../functions/evidence/alarm-contributors.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { awsError, client, never, planned } from './client.ts';

const ecs = planned('ecs:prod/checkout');

describe('the contributors of an alarm', () => {
  it('are its time series that are red, each with its attributes and reason', async () => {
    const { client: cloudwatch, calls } = client({
      DescribeAlarmContributors: {
        AlarmContributors: [
          { ContributorAttributes: { ServiceName: 'checkout', ClusterName: 'prod' }, StateReason: '7 > 5' },
          { StateReason: '9 > 5' },
          {},
        ],
      },
    });
    const { lines } = await alarmContributors(cloudwatch).read(ecs, never);
    expect(lines).toEqual(['ServiceName=checkout, ClusterName=prod: 7 > 5', ': 9 > 5', ': ']);
    expect(calls).toEqual([{ command: 'DescribeAlarmContributors', input: { AlarmName: 'checkout-5xx' } }]);
  });

  it.each(['ResourceNotFoundException', 'ValidationException', 'ValidationError'])(
    'are none where AWS answers %s, for an alarm over one series',
    async (name) => {
      const { client: cloudwatch } = client({ DescribeAlarmContributors: awsError(name) });
      expect(await alarmContributors(cloudwatch).read(ecs, never)).toEqual({ lines: [] });
    },
  );

  it('are missing where AWS answers anything else', async () => {
    const { client: cloudwatch } = client({
      DescribeAlarmContributors: awsError('AccessDenied', 'not authorized'),
    });
    await expect(alarmContributors(cloudwatch).read(ecs, never)).rejects.toThrow('not authorized');
  });

  it('are not asked for where no alarm started the rollback', async () => {
    const { client: cloudwatch, calls } = client({});
    const byHand = { ...ecs, request: { target: 'ecs:prod/checkout', reason: 'By hand.' } } as Planned;
    expect(await alarmContributors(cloudwatch).read(byHand, never)).toEqual({ lines: [] });
    expect(calls).toEqual([]);
  });
});
