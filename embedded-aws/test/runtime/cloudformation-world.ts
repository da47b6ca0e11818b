import type {
  CreateStackInput,
  DescribeStackEventsOutput,
  DescribeStackResourcesOutput,
  DescribeStacksOutput,
  GetTemplateOutput,
  Stack,
} from '@aws-sdk/client-cloudformation';
import { callsTo } from '../../runtime/cloudformation/calls.ts';
import { cloudFormationService } from '../../runtime/cloudformation/service.ts';
import { Bus } from '../../runtime/events/bus.ts';
import { eventsService } from '../../runtime/events/service.ts';
import { Queues } from '../../runtime/queues/queues.ts';
import { sqsService } from '../../runtime/queues/service.ts';
import { worldServices } from '../../runtime/services.ts';
import { Iam, type PolicyDocument } from '../../wire/iam.ts';
import { OPERATOR } from '../../wire/callers.ts';
import { createWorld } from '../../world/world.ts';

interface Outputs {
  CancelUpdateStack: object;
  CreateStack: { readonly StackId?: string };
  DeleteStack: object;
  DescribeStackEvents: DescribeStackEventsOutput;
  DescribeStackResources: DescribeStackResourcesOutput;
  DescribeStacks: DescribeStacksOutput;
  GetTemplate: GetTemplateOutput;
  RollbackStack: object;
  UpdateStack: { readonly StackId?: string };
}

/** CloudFormation over a world, with the role `maker` beside the operator. */
export class CloudFormationWorld {
  readonly world = createWorld({ seed: 1, start: '2026-03-01T12:00:00.000Z' });
  readonly queues = new Queues([], this.world.clock, this.world.random('sqs'));
  /** The default bus, which delivers nothing here. */
  readonly bus = new Bus({
    ...{ rules: [], clock: this.world.clock, random: this.world.random('events'), mishaps: {} },
    delivery: { deliver: () => undefined },
  });
  readonly #service;

  /** @param policy of the role `maker` */
  constructor(policy?: PolicyDocument) {
    const iam = new Iam((role) => (role === 'maker' && policy !== undefined ? [policy] : []));
    this.#service = cloudFormationService({
      clock: this.world.clock,
      random: this.world.random,
      stored: this.world.ssm.value,
      known: this.world.cloudformation,
      callAs: callsTo({
        services: [...worldServices(this.world), sqsService(this.queues), eventsService(this.bus)],
        authorize: (role, accesses) => iam.authorize(role, accesses),
        needs: this.world.needs,
      }),
    });
  }

  call<Name extends keyof Outputs>(operation: Name, input: object, role: string = OPERATOR): Outputs[Name] {
    const found = { ...this.world.cloudformation.operations, ...this.#service.operations }[operation];
    if (found === undefined) throw new Error(`there is no ${operation}`);
    return found.run(input as never, { role }) as Outputs[Name];
  }

  /** Creates the stack `shop` of these resources. */
  create(Resources: object, { role, ...more }: Partial<CreateStackInput> & { readonly role?: string } = {}) {
    return this.call(
      'CreateStack',
      { StackName: 'shop', TemplateBody: JSON.stringify({ Resources, ...templatePart }), ...more },
      role,
    );
  }

  /** Lets time pass until the stack is at rest, and returns it. */
  async rest(name = 'shop'): Promise<Stack> {
    const isAtRest = () => !/_IN_PROGRESS$/.test(this.stack(name).StackStatus ?? '');
    await this.world.clock.run(isAtRest, this.world.clock.now() + 3_600_000);
    return this.stack(name);
  }

  stack(name = 'shop'): Stack {
    const [stack] = this.call('DescribeStacks', { StackName: name }).Stacks ?? [];
    if (stack === undefined) throw new Error(`there is no stack ${name}`);
    return stack;
  }

  /** Returns the events of the stack, oldest first: `Queue CREATE_COMPLETE`. */
  events(name = 'shop'): readonly string[] {
    const { StackEvents = [] } = this.call('DescribeStackEvents', { StackName: name });
    return StackEvents.map(
      ({ LogicalResourceId = '', ResourceStatus = '' }) => `${LogicalResourceId} ${ResourceStatus}`,
    ).reverse();
  }

  /** Returns the reasons of failed resources. */
  reasons(): readonly string[] {
    const { StackEvents = [] } = this.call('DescribeStackEvents', { StackName: 'shop' });
    return StackEvents.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_FAILED')).map(
      ({ ResourceStatusReason = '' }) => ResourceStatusReason,
    );
  }
}

const templatePart = { AWSTemplateFormatVersion: '2010-09-09' };
