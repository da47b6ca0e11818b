import { describe, expect, it } from 'vitest';
import { isAbout, lineOf, readCall } from '../../../functions/evidence/trail/call.ts';
import { deployCallTo, namesIn } from '../../../functions/evidence/trail/deploy-call.ts';
import { whoDeployed } from '../../../functions/evidence/trail/who-deployed.ts';
import type { Planned } from '../../../src/rollback/document.ts';
import { ready, request } from '../../src/rollback/documents.ts';
import { planned } from './client.ts';

const event = (eventName: string, requestParameters: object, more: object = {}) => ({
  CloudTrailEvent: JSON.stringify({
    eventTime: '2026-11-22T02:58:00Z',
    eventSource: 'ecs.amazonaws.com',
    eventName,
    userIdentity: { type: 'AssumedRole', arn: 'arn:aws:sts::111122223333:assumed-role/deployer/ci' },
    userAgent: 'APN/1.0 HashiCorp/1.0 Terraform/1.9',
    requestParameters,
    ...more,
  }),
});

describe('a call of CloudTrail', () => {
  it('is a line without its parameters', () => {
    const call = readCall(event('UpdateService', { service: 'checkout', secret: 'open-sesame' }));
    expect(lineOf(call!)).toBe(
      '2026-11-22T02:58:00Z ecs UpdateService by arn:aws:sts::111122223333:assumed-role/deployer/ci, with APN/1.0',
    );
    expect(isAbout(call!, 'checkout')).toBe(true);
    expect(isAbout(call!, 'check')).toBe(false);
  });

  it.each([[{}], [{ CloudTrailEvent: '{' }], [event('UpdateService', {}, { errorCode: 'AccessDenied' })]])(
    'is none if it failed or cannot be read',
    (one) => expect(readCall(one)).toBeNull(),
  );
});

it.each([
  ['ecs:default/checkout', 'eu-west-1', 'UpdateService', ['checkout']],
  ['route53:Z1/www.example.com/A', 'eu-west-1', null, ['Z1']],
  ['route53:Z1/www.example.com/A', 'us-east-1', 'ChangeResourceRecordSets', ['Z1']],
  ['elb:arn:aws:x:listener-rule/app/a', 'eu-west-1', 'ModifyRule', ['arn:aws:x:listener-rule/app/a']],
  ['elb:arn:aws:x:listener/app/a', 'eu-west-1', 'ModifyListener', ['arn:aws:x:listener/app/a']],
  ['other:x', 'eu-west-1', null, ['x']],
])('%s in %s is deployed by %s', (target, region, call, names) => {
  expect(deployCallTo(target, region)).toBe(call);
  expect(namesIn(target)).toEqual(names);
});

describe('who deployed', () => {
  const rollback = { request, plan: ready } as unknown as Planned;
  const { signal } = new AbortController();
  const asking = (...answers: readonly (readonly object[])[]) => {
    const inputs: object[] = [];
    const send = ({ input }: { input: object }) => {
      inputs.push(input);
      return Promise.resolve({ Events: answers[inputs.length - 1] });
    };
    return { inputs, source: whoDeployed({ send } as never, 'eu-west-1') };
  };

  it('is asked in two calls, a third asks for earlier limits, and others are listed without those of AWS, of Lastgood, and noise', async () => {
    const [cluster, service] = request.target.slice('ecs:'.length).split('/');
    const { inputs, source } = asking(
      [event('UpdateService', { cluster, service }), event('UpdateService', { cluster, service: 'other' })],
      [
        event('UpdateService', { cluster, service }),
        event('PutParameter', { name: '/x' }),
        event('CreateLogStream', {}),
        event('ModifyRule', {}, { userIdentity: { type: 'AWSService', invokedBy: 'ecs.amazonaws.com' } }),
        event('ModifyRule', {}, { userIdentity: { arn: 'arn:aws:sts::1:assumed-role/lastgood-prod-x/y' } }),
        event('RegisterScalableTarget', { resourceId: `service/${cluster}/${service}`, maxCapacity: 2 }),
      ],
      [],
    );
    const tasks = { cluster: cluster!, service: service! };
    const plan = { ...ready, watch: { ...ready.watch, tasks } };
    const { lines, companions } = await source.read({ request, plan } as unknown as Planned, signal);
    expect(inputs).toMatchObject([
      { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'UpdateService' }] },
      { LookupAttributes: [{ AttributeKey: 'ReadOnly', AttributeValue: 'false' }] },
      { LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'RegisterScalableTarget' }] },
    ]);
    expect(lines.map((line) => line.split(' by ')[0])).toEqual([
      '2026-11-22T02:58:00Z ecs UpdateService',
      'also: 2026-11-22T02:58:00Z ecs PutParameter',
      'also: 2026-11-22T02:58:00Z ecs RegisterScalableTarget',
    ]);
    expect(companions).toMatchObject([
      { of: 'scaling-limits', says: expect.stringContaining('RegisterScalableTarget was called') as string },
    ]);
  });

  it('prints the command that asks again, where CloudTrail shows nothing yet', async () => {
    const { lines } = await asking([], []).source.read(rollback, signal);
    expect(lines).toEqual([
      expect.stringMatching(
        /may up to 15 minutes after the call: aws cloudtrail lookup-events .*UpdateService/,
      ),
    ]);
  });
});

describe('limits of scaling that a release set', () => {
  const { signal } = new AbortController();
  const group = planned('asg:web');
  const update = (numbers: object, more: object = {}) =>
    event('UpdateAutoScalingGroup', { autoScalingGroupName: 'web', ...numbers }, more);
  const read = (others: readonly object[], earlier: unknown, target = group) => {
    const inputs: Readonly<Record<string, unknown>>[] = [];
    const send = ({ input }: { input: Readonly<Record<string, unknown>> }) => {
      inputs.push(input);
      const answer = [[], others, earlier][inputs.length - 1];
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve({ Events: answer });
    };
    const found = whoDeployed({ send } as never, 'eu-west-1').read(target, signal);
    return found.then(({ companions }) => ({ inputs, companions }));
  };

  it('are said with the values before and the command, where CloudTrail has them', async () => {
    const { inputs, companions } = await read(
      [update({ minSize: 1, maxSize: 2 })],
      [
        update({}),
        event('UpdateAutoScalingGroup', { autoScalingGroupName: 'other', maxSize: 3 }),
        update({ minSize: 1, maxSize: 12 }),
      ],
    );
    expect(companions).toEqual([
      {
        of: 'scaling-limits',
        says: expect.stringMatching(
          /^UpdateAutoScalingGroup changed maxSize from 12 to 2 at .*, by arn:/,
        ) as string,
        command: 'aws autoscaling update-auto-scaling-group --auto-scaling-group-name web --max-size 12',
      },
    ]);
    expect(inputs[2]).toMatchObject({
      LookupAttributes: [{ AttributeKey: 'EventName', AttributeValue: 'UpdateAutoScalingGroup' }],
    });
  });

  it.each<[string, unknown]>([
    ['shows none', []],
    ['refuses a third call', new Error('Rate exceeded')],
  ])('are said as they are where CloudTrail %s before', async (_, earlier) => {
    const { companions } = await read([update({ minSize: 1, maxSize: 2 })], earlier);
    expect(companions).toEqual([
      {
        of: 'scaling-limits',
        says: expect.stringMatching(
          /^UpdateAutoScalingGroup was called with minSize 1 and maxSize 2 at /,
        ) as string,
      },
    ]);
  });

  it('are nothing where they are as they were, or the call set none', async () => {
    expect((await read([update({ minSize: 1 })], [update({ minSize: 1 })])).companions).toEqual([]);
    const { inputs, companions } = await read([update({ desiredCapacity: 2 })], []);
    expect([inputs.length, companions]).toEqual([2, []]);
  });

  it('of another group are nothing, and neither is a call about a rule that is itself the target', async () => {
    const other = event('UpdateAutoScalingGroup', { autoScalingGroupName: 'other', maxSize: 2 });
    expect((await read([other], [])).companions).toEqual([]);
    const rule = planned('elb:arn:aws:x:listener-rule/app/a');
    expect(
      (await read([event('ModifyRule', { ruleArn: 'arn:aws:x:listener-rule/app/a' })], [], rule)).companions,
    ).toEqual([]);
  });

  it('of a service have the command of Application Auto Scaling', async () => {
    const tasks = { cluster: 'prod', service: 'checkout' };
    const service = planned('ecs:prod/checkout', { watch: { ...ready.watch, tasks } });
    const set = (maxCapacity: number) =>
      event('RegisterScalableTarget', { resourceId: 'service/prod/checkout', maxCapacity });
    expect((await read([set(2)], [set(6)], service)).companions).toMatchObject([
      {
        command: expect.stringMatching(/--resource-id service\/prod\/checkout .*--max-capacity 6$/) as string,
      },
    ]);
  });
});
