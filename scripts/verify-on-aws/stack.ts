import {
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { CannotSay } from '../command-line/status.ts';
import { tagList } from './cloudformation.ts';
import type { Clients } from './clients.ts';
import type { Wait } from './ground.ts';
import type { Network } from './network.ts';
import type { Outputs, Part } from './parts/part.ts';
import { THROW_AWAY } from './tags.ts';
import { templateOf } from './template.ts';

type Say = (line: string) => void;

/** Where the stack is built. */
interface Site extends Network {
  /** Of Lastgood, whose bus a rule of the stack is on. */
  readonly stage: string;
}

const LOOK_EVERY_SECONDS = 15;

/** Returns how to remove a stack by hand. */
export function removal(stack: string, region: string): string {
  return `aws cloudformation delete-stack --stack-name ${stack} --region ${region}`;
}

/** The throw-away stack, in CloudFormation. */
export class ThrowAwayStack {
  readonly name: string;
  readonly #cloudFormation: Clients['cloudFormation'];
  readonly #say: Say;
  /** Set once CreateStack was called. */
  #id: string | null = null;

  constructor(name: string, { cloudFormation }: Pick<Clients, 'cloudFormation'>, say: Say) {
    this.name = name;
    this.#cloudFormation = cloudFormation;
    this.#say = say;
  }

  get isBegun(): boolean {
    return this.#id !== null;
  }

  /**
   * Creates it and waits until it is complete.
   * @throws CannotSay with the reasons when it cannot be created
   */
  async create(parts: readonly Part[], { vpc, subnets, stage }: Site, wait: Wait): Promise<Outputs> {
    const { StackId } = await this.#cloudFormation.send(
      new CreateStackCommand({
        StackName: this.name,
        TemplateBody: templateOf(parts),
        Capabilities: ['CAPABILITY_IAM'],
        Parameters: [
          { ParameterKey: 'Vpc', ParameterValue: vpc },
          { ParameterKey: 'Stage', ParameterValue: stage },
          { ParameterKey: 'Subnets', ParameterValue: subnets.join(',') },
        ],
        Tags: tagList(THROW_AWAY) as { Key: string; Value: string }[],
      }),
    );
    this.#id = StackId ?? this.name;
    const ended = await this.#until((status) => !status.endsWith('_IN_PROGRESS'), wait);
    if (ended.StackStatus !== 'CREATE_COMPLETE')
      throw new CannotSay(`the stack ended as ${ended.StackStatus ?? '?'}: ${await this.#failures()}`);
    const outputs = new Map(
      (ended.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
    return (key) => {
      const value = outputs.get(key);
      if (value === undefined) throw new Error(`the stack has no output ${key}`);
      return value;
    };
  }

  /** Deletes it and waits until it is gone. Returns what is left: nothing, if all went well. */
  async delete(wait: Wait): Promise<readonly string[]> {
    if (this.#id === null) return [];
    await this.#cloudFormation.send(new DeleteStackCommand({ StackName: this.#id }));
    const ended = await this.#until((status) => /^DELETE_(COMPLETE|FAILED)$/.test(status), wait);
    return ended.StackStatus === 'DELETE_COMPLETE' ? [] : this.left();
  }

  /** Returns the resources that exist, each with its type. */
  async left(): Promise<readonly string[]> {
    if (this.#id === null) return [];
    const { StackResources = [] } = await this.#cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName: this.#id }),
    );
    return StackResources.filter(({ ResourceStatus }) => ResourceStatus !== 'DELETE_COMPLETE').map(
      ({ ResourceType, PhysicalResourceId, LogicalResourceId }) =>
        `${ResourceType ?? ''} ${PhysicalResourceId ?? LogicalResourceId ?? ''}`,
    );
  }

  async #until(isSo: (status: string) => boolean, wait: Wait): Promise<Stack> {
    let said = '';
    for (;;) {
      const { Stacks = [] } = await this.#cloudFormation.send(
        new DescribeStacksCommand({ StackName: this.#id ?? this.name }),
      );
      const [stack] = Stacks;
      const status = stack?.StackStatus ?? '';
      if (stack !== undefined && isSo(status)) return stack;
      const progress = await this.#progress(status);
      if (progress !== said) this.#say(progress);
      said = progress;
      await wait(LOOK_EVERY_SECONDS);
    }
  }

  async #progress(status: string): Promise<string> {
    const { StackResources = [] } = await this.#cloudFormation.send(
      new DescribeStackResourcesCommand({ StackName: this.#id ?? this.name }),
    );
    const done = StackResources.filter(({ ResourceStatus }) => ResourceStatus?.endsWith('_COMPLETE'));
    const removing = StackResources.filter(({ ResourceStatus }) => ResourceStatus === 'DELETE_COMPLETE');
    const count = status.startsWith('CREATE') ? done.length : removing.length;
    return `stack ${this.name}: ${status}, ${count} of ${StackResources.length} resources`;
  }

  async #failures(): Promise<string> {
    const { StackEvents = [] } = await this.#cloudFormation.send(
      new DescribeStackEventsCommand({ StackName: this.#id ?? this.name }),
    );
    const failed = StackEvents.filter(
      ({ ResourceStatus, ResourceStatusReason = '' }) =>
        ResourceStatus === 'CREATE_FAILED' && !ResourceStatusReason.includes('creation cancelled'),
    );
    return failed
      .map(
        ({ LogicalResourceId, ResourceStatusReason }) =>
          `${LogicalResourceId ?? ''}: ${ResourceStatusReason ?? ''}`,
      )
      .join('; ');
  }
}
