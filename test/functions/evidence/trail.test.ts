import { describe, expect, it } from 'vitest';
import { isAbout, lineOf, readCall } from '../../../functions/evidence/trail/call.ts';
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

  it('is asked by the less usual call too, if the usual one is not shown', async () => {
    const stack =
      'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/6f1a2c30-aaaa-11ef-8000-0a1b2c3d4e5f';
    const { inputs, source } = asking(
      [event('ExecuteChangeSet', { stackName: 'other' })],
      [],
      [event('UpdateStack', { stackName: stack })],
    );
    const { lines } = await source.read(planned('cloudformation:shop'), signal);
    expect(inputs).toMatchObject([
      { LookupAttributes: [{ AttributeValue: 'ExecuteChangeSet' }] },
      { LookupAttributes: [{ AttributeKey: 'ReadOnly' }] },
      { LookupAttributes: [{ AttributeValue: 'UpdateStack' }] },
    ]);
    expect(lines).toEqual([expect.stringContaining(' UpdateStack by ')]);
  });

  it('is not asked by the less usual call if the usual one is shown', async () => {
    const { inputs, source } = asking([event('ExecuteChangeSet', { stackName: 'shop' })], []);
    await source.read(planned('cloudformation:shop'), signal);
    expect(inputs).toHaveLength(2);
  });

  it('prints a command for each call, if AWS refuses a third within the second', async () => {
    const send = ({ input }: { input: object }) =>
      JSON.stringify(input).includes('UpdateStack')
        ? Promise.reject(new Error('Rate exceeded'))
        : Promise.resolve({ Events: [] });
    const source = whoDeployed({ send } as never, 'eu-west-1');
    const { lines } = await source.read(planned('cloudformation:shop'), signal);
    expect(lines).toEqual([
      expect.stringMatching(/shows no ExecuteChangeSet of it yet.*AttributeValue=ExecuteChangeSet /),
      expect.stringMatching(/shows no UpdateStack of it yet.*AttributeValue=UpdateStack /),
    ]);
  });

  it('is asked of the hour before a stage began, and the call that answered with its execution counts', async () => {
    const startedAt = '2026-11-22T02:58:00.000Z';
    const execution = '11111111-2222-3333-4444-555555555555';
    const answering = (pipelineExecutionId: string, eventTime: string) =>
      event(
        'StartPipelineExecution',
        { name: 'shop' },
        { eventTime, responseElements: { pipelineExecutionId } },
      );
    const calls = [
      answering('99999999-2222-3333-4444-555555555555', '2026-11-22T02:50:00Z'),
      answering(execution, '2026-11-22T02:40:00Z'),
    ];
    const deployment = { ...ready.deployment!, id: execution, startedAt };
    const { inputs, source } = asking(calls, []);
    const { lines } = await source.read(planned('pipeline:shop/Prod', { deployment, recent: [] }), signal);
    expect(inputs[0]).toMatchObject({ StartTime: new Date('2026-11-22T01:58:00.000Z') });
    expect(lines).toEqual([expect.stringMatching(/^2026-11-22T02:40:00Z/)]);
    const other = asking(calls, []);
    const unknown = { deployment: { ...deployment, id: 'another' }, recent: [] };
    expect((await other.source.read(planned('pipeline:shop/Prod', unknown), signal)).lines).toHaveLength(2);
  });

  it.each(['external:argocd/checkout', 'route53:Z1/www.example.com/A', 'other:x'])(
    'of %s no call of this Region shows, and none is looked up',
    async (target) => {
      const { inputs, source } = asking([]);
      const { lines } = await source.read(planned(target), signal);
      expect(lines).toEqual(['CloudTrail of this Region does not show who deployed']);
      expect(inputs).toMatchObject([{ LookupAttributes: [{ AttributeKey: 'ReadOnly' }] }]);
    },
  );

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
