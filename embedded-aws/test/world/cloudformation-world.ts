import type * as sdk from '@aws-sdk/client-cloudformation';
import type { AwsEvent } from '../../world/aws.ts';
import type { Change, NewStack, NewUpdate } from '../../world/cloudformation/model.ts';
import { AwsError } from '../../world/service.ts';
import { createWorld } from '../../world/world.ts';

interface Outputs {
  CancelUpdateStack: object;
  ContinueUpdateRollback: object;
  DescribeStackEvents: sdk.DescribeStackEventsOutput;
  DescribeStacks: sdk.DescribeStacksOutput;
  DescribeStackResources: sdk.DescribeStackResourcesOutput;
  GetTemplate: sdk.GetTemplateOutput;
  ListStacks: sdk.ListStacksOutput;
  RollbackStack: object;
}

export const ROLE = 'arn:aws:iam::111122223333:role/cloudformation';
export const RED = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:red';

/** The stack `shop`, whose updates change `runs`: what serves its users. */
export class StackWorld {
  readonly world = createWorld({ seed: 3, start: '2026-11-22T02:00:00.000Z' });
  readonly events: AwsEvent[] = [];
  readonly id: string;
  runs = 'v1';

  constructor(settings: Partial<NewStack> = {}) {
    this.world.onEvent((event) => this.events.push(event));
    this.id = this.world.cloudformation.create({
      ...{ name: 'shop', tags: { lastgood: 'auto' }, token: 'create-1', ...versioned('v1') },
      ...settings,
    });
  }

  call<Name extends keyof Outputs>(operation: Name, input: object, role = 'operator'): Outputs[Name] {
    return this.world.cloudformation.operations[operation]!.run(input as never, { role }) as Outputs[Name];
  }

  /** Returns the code of a call's AWS error; null if it succeeds. */
  refusal(operation: keyof Outputs, input: object = { StackName: 'shop' }): string | null {
    try {
      this.call(operation, input);
      return null;
    } catch (error) {
      if (error instanceof AwsError) return error.code;
      throw error;
    }
  }

  /** Begins an update to a version. */
  update(version: string, more: Partial<NewUpdate> = {}): void {
    const token = `deploy-${version}`;
    this.world.cloudformation.update('shop', {
      ...versioned(version),
      ...{ token, changes: [this.moves(version)] },
      ...more,
    });
  }

  /** The change of a resource that serves a version. */
  moves(version: string, more: Partial<Change> = {}): Change {
    const before = this.runs;
    return {
      ...{ logicalId: 'Live', type: 'AWS::Lambda::Alias', seconds: 30 },
      apply: () => void (this.runs = version),
      undo: () => void (this.runs = before),
      ...more,
    };
  }

  status(name = 'shop'): string | undefined {
    return this.show(name).StackStatus;
  }

  show(name = 'shop'): sdk.Stack {
    return this.call('DescribeStacks', { StackName: name }).Stacks![0]!;
  }

  /** Returns the statuses that were published, oldest first. */
  published(): readonly string[] {
    return this.events.flatMap(({ detail }) => {
      const { status } = (detail['status-details'] ?? {}) as { readonly status?: string };
      return status === undefined ? [] : [status];
    });
  }

  async pass(seconds: number): Promise<void> {
    const { clock } = this.world;
    await clock.run(() => false, clock.now() + seconds * 1000);
  }

  /** Creates the alarm `red`, which is OK. */
  withAlarm(): this {
    this.alarm('OK');
    return this;
  }

  alarm(StateValue: 'OK' | 'ALARM'): void {
    const { operations } = this.world.cloudwatch;
    const call = (name: 'PutMetricAlarm' | 'SetAlarmState', input: object) =>
      operations[name].run(input as never);
    if (StateValue === 'OK')
      call('PutMetricAlarm', {
        ...{ AlarmName: 'red', Namespace: 'shop', MetricName: 'errors', Statistic: 'Sum', Period: 60 },
        ...{ EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanThreshold' },
        TreatMissingData: 'ignore',
      });
    call('SetAlarmState', { AlarmName: 'red', StateValue, StateReason: 'test' });
  }
}

export function versioned(version: string): Pick<NewStack, 'template' | 'parameters'> {
  return {
    template: JSON.stringify({ Resources: { Live: { Version: version } } }),
    parameters: [
      { ParameterKey: 'Version', ParameterValue: version },
      { ParameterKey: 'Secret', ParameterValue: '****' },
    ],
  };
}
