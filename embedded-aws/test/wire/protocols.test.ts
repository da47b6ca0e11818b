import { CloudWatchClient, DescribeAlarmsCommand, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DescribeRulesCommand,
  DescribeTargetHealthCommand,
  ElasticLoadBalancingV2Client,
  ModifyRuleCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { GetTopicAttributesCommand, PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { AwsSmithyRpcV2CborProtocol } from '@aws-sdk/core/protocols';
import { afterEach, describe, expect, it } from 'vitest';
import { awsError, operation, running, service, type Running } from './fakes.ts';

let on: Running | undefined;
afterEach(async () => on?.wire.close());

const created = new Date('2026-11-22T02:59:58.123Z');

describe('AWS JSON 1.1 (ecs)', () => {
  it('carries input and output in the shapes of the SDK', async () => {
    const describeServices = operation({
      services: [
        {
          serviceName: 'checkout',
          createdAt: created,
          desiredCount: 3,
          enableExecuteCommand: false,
          deployments: [],
        },
      ],
      failures: [],
    });
    on = await running([service('ecs', { DescribeServices: describeServices })]);
    const input = { cluster: 'prod', services: ['checkout', 'ünïcode'] };
    const answer = await new ECSClient(on.client()).send(new DescribeServicesCommand(input));
    expect(describeServices.inputs).toEqual([input]);
    expect(answer.services).toEqual([
      {
        serviceName: 'checkout',
        createdAt: created,
        desiredCount: 3,
        enableExecuteCommand: false,
        deployments: [],
      },
    ]);
  });

  it('returns errors with their class and message', async () => {
    on = await running([
      service('ecs', {
        UpdateService: operation(awsError('ServiceNotFoundException', 'Service not found.')),
      }),
    ]);
    const call = new ECSClient(on.client()).send(new UpdateServiceCommand({ service: 'gone' }));
    await expect(call).rejects.toMatchObject({
      name: 'ServiceNotFoundException',
      message: 'Service not found.',
      $metadata: { httpStatusCode: 400 },
    });
  });
});

describe('AWS JSON 1.0 (states, monitoring)', () => {
  it('carries instants to the millisecond', async () => {
    on = await running([
      service('states', {
        DescribeExecution: operation({ executionArn: 'arn:x', startDate: created, status: 'RUNNING' }),
      }),
    ]);
    const answer = await new SFNClient(on.client()).send(
      new DescribeExecutionCommand({ executionArn: 'arn:x' }),
    );
    expect(answer.startDate).toEqual(created);
  });

  it('returns the old error codes of a service that left the query protocol', async () => {
    on = await running([
      service('monitoring', { DescribeAlarms: operation(awsError('InvalidNextToken', 'no such token')) }),
    ]);
    const call = new CloudWatchClient(on.client()).send(new DescribeAlarmsCommand({ NextToken: 'x' }));
    await expect(call).rejects.toMatchObject({
      name: 'InvalidNextToken',
      message: 'no such token',
      Code: 'InvalidNextToken',
    });
  });

  it('understands compressed bodies', async () => {
    const put = operation({});
    on = await running([service('monitoring', { PutMetricData: put })]);
    const MetricData = Array.from({ length: 900 }, (_, i) => ({
      MetricName: `m${i}`,
      Value: i,
      Timestamp: created,
    }));
    await new CloudWatchClient(on.client()).send(new PutMetricDataCommand({ Namespace: 'Test', MetricData }));
    expect(put.inputs).toEqual([{ Namespace: 'Test', MetricData }]);
  });
});

describe('AWS query (elasticloadbalancing, sns)', () => {
  it('carries lists, structures, numbers, booleans and odd characters', async () => {
    const modify = operation({ Rules: [{ RuleArn: 'arn:rule', IsDefault: false, Actions: [] }] });
    on = await running([service('elasticloadbalancing', { ModifyRule: modify })]);
    const input = {
      RuleArn: 'arn:rule',
      Actions: [
        {
          Type: 'forward' as const,
          ForwardConfig: {
            TargetGroups: [
              { TargetGroupArn: 'a & <b>', Weight: 100 },
              { TargetGroupArn: 'b', Weight: 0 },
            ],
            TargetGroupStickinessConfig: { Enabled: false },
          },
        },
      ],
    };
    const answer = await new ElasticLoadBalancingV2Client(on.client()).send(new ModifyRuleCommand(input));
    expect(modify.inputs).toEqual([input]);
    expect(answer.Rules).toEqual([{ RuleArn: 'arn:rule', IsDefault: false, Actions: [] }]);
  });

  it('escapes characters that XML cannot represent', async () => {
    const Description = `<&> "quoted" 'too' &lt; &amp; \r\n`;
    const health = [
      { Target: { Id: '10.0.0.1', Port: 80 }, TargetHealth: { State: 'unhealthy' as const, Description } },
    ];
    on = await running([
      service('elasticloadbalancing', {
        DescribeTargetHealth: operation({ TargetHealthDescriptions: health }),
      }),
    ]);
    const answer = await new ElasticLoadBalancingV2Client(on.client()).send(
      new DescribeTargetHealthCommand({ TargetGroupArn: 'arn' }),
    );
    expect(answer.TargetHealthDescriptions).toEqual(health);
  });

  it('sends an empty list as an empty list', async () => {
    const rules = operation({ Rules: [] });
    on = await running([service('elasticloadbalancing', { DescribeRules: rules })]);
    await new ElasticLoadBalancingV2Client(on.client()).send(new DescribeRulesCommand({ RuleArns: [] }));
    expect(rules.inputs).toEqual([{ RuleArns: [] }]);
  });

  it('returns errors by their query code, and the SDK finds the class', async () => {
    on = await running([
      service('elasticloadbalancing', {
        DescribeRules: operation(awsError('RuleNotFound', 'One or more rules not found')),
      }),
    ]);
    const call = new ElasticLoadBalancingV2Client(on.client()).send(
      new DescribeRulesCommand({ RuleArns: ['x'] }),
    );
    await expect(call).rejects.toMatchObject({
      name: 'RuleNotFoundException',
      message: 'One or more rules not found',
    });
  });

  it('returns an error with its status in the query protocol', async () => {
    on = await running([
      service('sns', { GetTopicAttributes: operation(awsError('NotFound', 'Topic does not exist')) }),
    ]);
    const call = new SNSClient(on.client()).send(new GetTopicAttributesCommand({ TopicArn: 'arn:topic' }));
    await expect(call).rejects.toMatchObject({
      name: 'NotFoundException',
      message: 'Topic does not exist',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('carries maps and blobs', async () => {
    const publish = operation({ MessageId: 'm-1' });
    const attributes = { TopicArn: 'arn:topic', Policy: '{"a":1}' };
    on = await running([
      service('sns', { Publish: publish, GetTopicAttributes: operation({ Attributes: attributes }) }),
    ]);
    const sns = new SNSClient(on.client());
    const MessageAttributes = {
      text: { DataType: 'String', StringValue: 'one two' },
      bytes: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255, 7]) },
    };
    await sns.send(new PublishCommand({ TopicArn: 'arn:topic', Message: 'hello', MessageAttributes }));
    expect(publish.inputs).toEqual([{ TopicArn: 'arn:topic', Message: 'hello', MessageAttributes }]);
    const answer = await sns.send(new GetTopicAttributesCommand({ TopicArn: 'arn:topic' }));
    expect(answer.Attributes).toEqual(attributes);
  });
});

describe('REST-JSON (lambda)', () => {
  it('takes the input apart over path, query, headers and body, and the output likewise', async () => {
    const invoke = operation({
      StatusCode: 202,
      FunctionError: 'Unhandled',
      Payload: Buffer.from('{"ok":true}'),
      ExecutedVersion: '$LATEST',
    });
    on = await running([service('lambda', { Invoke: invoke })]);
    const answer = await new LambdaClient(on.client()).send(
      new InvokeCommand({
        FunctionName: 'arn:aws:lambda:x:1:function:f',
        InvocationType: 'Event',
        Qualifier: 'live',
        Payload: Buffer.from('{}'),
      }),
    );
    expect(invoke.inputs).toMatchObject([
      { FunctionName: 'arn:aws:lambda:x:1:function:f', InvocationType: 'Event', Qualifier: 'live' },
    ]);
    expect(answer).toMatchObject({ StatusCode: 202, FunctionError: 'Unhandled', ExecutedVersion: '$LATEST' });
    expect(answer.Payload?.transformToString()).toBe('{"ok":true}');
  });

  it('names errors in a header', async () => {
    on = await running([
      service('lambda', { Invoke: operation(awsError('TooManyRequestsException', 'Rate Exceeded.')) }),
    ]);
    const call = new LambdaClient(on.client()).send(new InvokeCommand({ FunctionName: 'f' }));
    await expect(call).rejects.toMatchObject({
      name: 'TooManyRequestsException',
      message: 'Rate Exceeded.',
      $metadata: { httpStatusCode: 429 },
    });
  });
});

describe('RPC v2 CBOR (monitoring)', () => {
  const cborClient = (settings: object) =>
    new CloudWatchClient({
      ...settings,
      protocol: new AwsSmithyRpcV2CborProtocol({ defaultNamespace: 'com.amazonaws.cloudwatch' }),
    });

  it('carries input and output', async () => {
    const alarms = operation({
      MetricAlarms: [{ AlarmName: 'a', Threshold: 0.5, StateUpdatedTimestamp: created }],
      CompositeAlarms: [],
    });
    on = await running([service('monitoring', { DescribeAlarms: alarms })]);
    const answer = await cborClient(on.client()).send(
      new DescribeAlarmsCommand({ AlarmNames: ['a'], MaxRecords: 10 }),
    );
    expect(alarms.inputs).toEqual([{ AlarmNames: ['a'], MaxRecords: 10 }]);
    expect(answer.MetricAlarms).toEqual([{ AlarmName: 'a', Threshold: 0.5, StateUpdatedTimestamp: created }]);
  });

  it('names errors', async () => {
    on = await running([
      service('monitoring', { DescribeAlarms: operation(awsError('InvalidNextToken', 'no such token')) }),
    ]);
    const call = cborClient(on.client()).send(new DescribeAlarmsCommand({ NextToken: 'x' }));
    await expect(call).rejects.toMatchObject({ name: 'InvalidNextToken', message: 'no such token' });
  });
});
