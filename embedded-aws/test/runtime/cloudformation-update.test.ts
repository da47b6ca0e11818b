import { describe, expect, it } from 'vitest';
import type { AwsError } from '../../world/service.ts';
import { CloudFormationWorld } from './cloudformation-world.ts';

const ROLE = 'arn:aws:iam::111122223333:role/any';

/** A function with a version and an alias. The parameter `Errors` makes it bad, and replaces the version. */
const templateOf = (more: object = {}) =>
  JSON.stringify({
    Parameters: { Errors: { Type: 'String', Default: '0' } },
    Resources: {
      Function: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          ...{ FunctionName: 'checkout', Role: ROLE, Code: { ZipFile: '' } },
          Environment: { Variables: { EMBEDDED_AWS_ERRORS: { Ref: 'Errors' } } },
          ...more,
        },
      },
      Version: {
        Type: 'AWS::Lambda::Version',
        Properties: { FunctionName: { Ref: 'Function' }, Description: { 'Fn::Sub': 'errors ${Errors}' } },
        DependsOn: 'Function',
      },
      Alias: {
        Type: 'AWS::Lambda::Alias',
        Properties: {
          FunctionName: { Ref: 'Function' },
          FunctionVersion: { 'Fn::GetAtt': ['Version', 'Version'] },
          Name: 'live',
        },
      },
    },
    Outputs: { Live: { Value: { 'Fn::GetAtt': ['Version', 'Version'] } } },
  });

const StackName = 'shop';
const withErrors = (ParameterValue: string) => [{ ParameterKey: 'Errors', ParameterValue }];

async function created(): Promise<CloudFormationWorld> {
  const cloud = new CloudFormationWorld();
  cloud.call('CreateStack', { StackName, TemplateBody: templateOf(), ClientRequestToken: 'create-1' });
  await cloud.rest();
  return cloud;
}

/** Begins a bad update, which goes on for ten minutes after its last resource. */
function update(cloud: CloudFormationWorld, more: object = {}): void {
  const RollbackConfiguration = { MonitoringTimeInMinutes: 10 };
  const of = { StackName, Parameters: withErrors('0.4'), RollbackConfiguration, ClientRequestToken: 'bad-1' };
  cloud.call('UpdateStack', { ...of, UsePreviousTemplate: true, ...more });
}

const statusIs = (cloud: CloudFormationWorld, event: string) =>
  cloud.world.clock.run(() => cloud.events().includes(event), cloud.world.clock.now() + 3_600_000);

const versionOf = (cloud: CloudFormationWorld) => cloud.world.lambda.get('checkout', 'live')?.version;

function refusal(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    const { code, message } = error as AwsError;
    return `${code}: ${message}`;
  }
  return 'none';
}

describe('UpdateStack', () => {
  it('changes what differs, replaces a version, and deletes the old one after the monitoring time', async () => {
    const cloud = await created();
    const before = cloud.world.clock.now();
    update(cloud);
    const stack = await cloud.rest();
    expect(stack).toMatchObject({ StackStatus: 'UPDATE_COMPLETE', Outputs: [{ OutputValue: '2' }] });
    expect(cloud.world.clock.now() - before).toBeGreaterThan(600_000);
    expect(versionOf(cloud)).toBe('2');
    expect(cloud.events().slice(cloud.events().indexOf('shop UPDATE_IN_PROGRESS'))).toEqual([
      'shop UPDATE_IN_PROGRESS',
      'Function UPDATE_IN_PROGRESS',
      'Function UPDATE_COMPLETE',
      'Version UPDATE_IN_PROGRESS',
      'Version UPDATE_COMPLETE',
      'Alias UPDATE_IN_PROGRESS',
      'Alias UPDATE_COMPLETE',
      'shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS',
      'Version DELETE_IN_PROGRESS',
      'Version DELETE_COMPLETE',
      'shop UPDATE_COMPLETE',
    ]);
    const { StackEvents = [] } = cloud.call('DescribeStackEvents', { StackName });
    const reason = 'Requested update requires the creation of a new physical resource; hence creating one.';
    expect(StackEvents.filter(({ ResourceStatusReason }) => ResourceStatusReason === reason)).toMatchObject([
      { LogicalResourceId: 'Version', ClientRequestToken: 'bad-1' },
    ]);
    const named = { FunctionName: 'checkout', Qualifier: '1' };
    const gone = () =>
      cloud.world.lambda.operations['GetFunction']?.run(named as never, { role: 'operator' });
    expect(refusal(gone)).toMatch(/^ResourceNotFoundException/);
  });

  it('shows its parameters and its template while it runs', async () => {
    const cloud = await created();
    const TemplateBody = templateOf().replace('errors $', 'share $');
    update(cloud, { UsePreviousTemplate: false, TemplateBody });
    expect(cloud.stack().Parameters).toEqual(withErrors('0.4'));
    expect(cloud.call('GetTemplate', { StackName }).TemplateBody).toBe(TemplateBody);
  });

  it('is cancelled in its monitoring time: everything is as before, and the new version is deleted', async () => {
    const cloud = await created();
    update(cloud);
    await statusIs(cloud, 'Alias UPDATE_COMPLETE');
    expect(versionOf(cloud)).toBe('2');
    cloud.call('CancelUpdateStack', { StackName, ClientRequestToken: 'cancel-1' });
    expect(await cloud.rest()).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_COMPLETE',
      Parameters: withErrors('0'),
    });
    expect(versionOf(cloud)).toBe('1');
    expect(cloud.events().slice(cloud.events().indexOf('shop UPDATE_ROLLBACK_IN_PROGRESS'))).toEqual([
      'shop UPDATE_ROLLBACK_IN_PROGRESS',
      'Function UPDATE_IN_PROGRESS',
      'Function UPDATE_COMPLETE',
      'Version UPDATE_IN_PROGRESS',
      'Version UPDATE_COMPLETE',
      'Alias UPDATE_IN_PROGRESS',
      'Alias UPDATE_COMPLETE',
      'shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
      'Version DELETE_IN_PROGRESS',
      'Version DELETE_COMPLETE',
      'shop UPDATE_ROLLBACK_COMPLETE',
    ]);
    expect(refusal(() => cloud.call('CancelUpdateStack', { StackName }))).toMatch(
      /^ValidationError: .* UPDATE_ROLLBACK_COMPLETE/,
    );
    update(cloud, { ClientRequestToken: 'bad-2' });
    expect((await cloud.rest()).StackStatus).toBe('UPDATE_COMPLETE');
    expect(versionOf(cloud)).toBe('3');
  });

  it('is cancelled before its first resource', async () => {
    const cloud = await created();
    update(cloud);
    cloud.call('CancelUpdateStack', { StackName });
    expect((await cloud.rest()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(versionOf(cloud)).toBe('1');
  });

  it('goes back where a resource fails', async () => {
    const cloud = await created();
    update(cloud, { Parameters: withErrors('many') });
    expect((await cloud.rest()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(cloud.reasons()).toEqual([expect.stringContaining('EMBEDDED_AWS_ERRORS must be')]);
    expect(versionOf(cloud)).toBe('1');
  });

  it('goes back where a property cannot be changed here', async () => {
    const cloud = await created();
    update(cloud, { UsePreviousTemplate: false, TemplateBody: templateOf({ Role: `${ROLE}-2` }) });
    expect((await cloud.rest()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(cloud.reasons()).toEqual([expect.stringContaining('an update of Role is not modelled here')]);
  });

  it('ends with its rollback failed where the way back is refused', async () => {
    const cloud = await created();
    update(cloud);
    await statusIs(cloud, 'Alias UPDATE_COMPLETE');
    const { operations } = cloud.world.lambda;
    operations['DeleteFunction']?.run({ FunctionName: 'checkout' } as never, { role: 'operator' });
    cloud.call('CancelUpdateStack', { StackName });
    expect(await cloud.rest()).toMatchObject({
      StackStatus: 'UPDATE_ROLLBACK_FAILED',
      StackStatusReason: expect.stringContaining('[Function]') as string,
    });
    expect(refusal(() => cloud.call('RollbackStack', { StackName }))).toMatch(/^UnknownOperationException/);
  });

  it('publishes its statuses, with the token of each request', async () => {
    const cloud = await created();
    const seen: string[] = [];
    cloud.world.onEvent(({ source, detail }) => {
      if (source !== 'aws.cloudformation') return;
      const { status } = detail['status-details'] as { readonly status: string };
      seen.push(`${status} ${String(detail['client-request-token'])}`);
    });
    update(cloud);
    await statusIs(cloud, 'Alias UPDATE_COMPLETE');
    cloud.call('CancelUpdateStack', { StackName, ClientRequestToken: 'cancel-1' });
    await cloud.rest();
    expect(seen).toEqual([
      'UPDATE_IN_PROGRESS bad-1',
      'UPDATE_ROLLBACK_IN_PROGRESS cancel-1',
      'UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS bad-1',
      'UPDATE_ROLLBACK_COMPLETE bad-1',
    ]);
  });

  it('keeps a value that is not given again', async () => {
    const cloud = await created();
    const Parameters = [{ ParameterKey: 'Errors', UsePreviousValue: true }];
    expect(refusal(() => update(cloud, { Parameters }))).toBe(
      'ValidationError: No updates are to be performed.',
    );
  });

  it.each([
    ['another stack', { StackName: 'other' }, /does not exist/],
    ['a template and the previous one', { TemplateBody: templateOf() }, /Either Template URL or/],
    ['no template', { UsePreviousTemplate: false }, /Either Template URL or/],
    ['no change', { Parameters: withErrors('0') }, /No updates are to be performed/],
    [
      'fewer resources',
      { UsePreviousTemplate: false, TemplateBody: templateOf().replace(/,"Alias":.*?"live"\}\}/, '') },
      /adds or removes resources is not modelled/,
    ],
    [
      'rollback triggers',
      { RollbackConfiguration: { RollbackTriggers: [{ Arn: 'x', Type: 'AWS::CloudWatch::Alarm' }] } },
      /RollbackTriggers are not modelled/,
    ],
  ] as const)('refuses %s', async (_, input, says) => {
    const cloud = await created();
    expect(refusal(() => update(cloud, input))).toMatch(says);
  });

  it('refuses a second update, and the deletion of the stack, while it runs', async () => {
    const cloud = await created();
    update(cloud);
    expect(refusal(() => update(cloud))).toMatch(/is in UPDATE_IN_PROGRESS state and can not be updated/);
    expect(refusal(() => cloud.call('DeleteStack', { StackName }))).toMatch(
      /cannot be deleted while in status UPDATE_IN_PROGRESS/,
    );
    cloud.call('CancelUpdateStack', { StackName });
    await cloud.rest();
    cloud.call('DeleteStack', { StackName });
    await cloud.world.clock.run(() => cloud.world.lambda.tagged().length === 0);
    expect(cloud.world.lambda.tagged()).toEqual([]);
  });
});
