import { EventBridgeServiceException } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { rulesOfOthers } from '../../../scripts/deploy/rules-of-others.ts';
import { stackExists } from '../../../scripts/deploy/stack-exists.ts';
import { asAws } from './as-aws.ts';

describe('the rules of others on the bus', () => {
  it('are those that the stack does not name, on every page', async () => {
    const client = asAws({
      ListRules: ({ NextToken }: { NextToken?: string }) =>
        NextToken === undefined
          ? { Rules: [{ Name: 'lastgood-prod-on-request-rule-1' }], NextToken: '2' }
          : { Rules: [{ Name: 'to-pagerduty' }, { Name: 'lastgood-producer' }] },
    });
    expect(await rulesOfOthers(client, 'prod')).toEqual(['to-pagerduty', 'lastgood-producer']);
    expect(client.calls.map(([, input]) => input)).toEqual([
      { EventBusName: 'lastgood-prod' },
      { EventBusName: 'lastgood-prod', NextToken: '2' },
    ]);
  });

  it('are none where a failed first deployment left no bus', async () => {
    const client = asAws({
      ListRules: () => {
        const name = 'ResourceNotFoundException';
        throw new EventBridgeServiceException({ name, message: 'no', $fault: 'client', $metadata: {} });
      },
    });
    expect(await rulesOfOthers(client, 'prod')).toEqual([]);
  });
});

describe('the stack', () => {
  const answering = (answer: () => unknown) => asAws({ DescribeStacks: answer });

  it('exists where CloudFormation describes it', async () => {
    expect(
      await stackExists(
        answering(() => ({ Stacks: [{}] })),
        'lastgood-prod',
      ),
    ).toBe(true);
  });

  it('does not exist where CloudFormation says so, and is not guessed after another error', async () => {
    const missing = answering(() => {
      throw new Error('Stack with id lastgood-prod does not exist');
    });
    expect(await stackExists(missing, 'lastgood-prod')).toBe(false);
    const denied = answering(() => {
      throw new Error('not authorized to perform cloudformation:DescribeStacks');
    });
    await expect(stackExists(denied, 'lastgood-prod')).rejects.toThrow('not authorized');
  });
});
