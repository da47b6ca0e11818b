import {
  CancelUpdateStackCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  type Stack,
} from '@aws-sdk/client-cloudformation';
import { isNamed } from '../../src/aws/errors.ts';
import { CannotSay } from '../command-line/status.ts';
import { tagList } from './cloudformation.ts';
import type { Clients } from './clients.ts';
import type { Wait } from './ground.ts';
import { THROW_AWAY } from './tags.ts';

type Say = (line: string) => void;

const LOOK_EVERY_SECONDS = 15;

/** Returns how to remove a stack by hand. */
export function removal(stack: string, region: string): string {
  return `aws cloudformation delete-stack --stack-name ${stack} --region ${region}`;
}

/** The content of a stack. */
export interface Body {
  /** As JSON. */
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Beside the tag that all have. */
  readonly tags: Readonly<Record<string, string>>;
}

/** A throw-away stack, in CloudFormation. */
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
   * Creates it and waits until it is complete. Returns its outputs.
   * @throws CannotSay with the reasons when it cannot be created
   */
  async create({ template, parameters, tags }: Body, wait: Wait): Promise<ReadonlyMap<string, string>> {
    const { StackId } = await this.#cloudFormation.send(
      new CreateStackCommand({
        StackName: this.name,
        TemplateBody: template,
        Capabilities: ['CAPABILITY_IAM'],
        Parameters: Object.entries(parameters).map(([ParameterKey, ParameterValue]) => ({
          ParameterKey,
          ParameterValue,
        })),
        Tags: tagList({ ...THROW_AWAY, ...tags }) as { Key: string; Value: string }[],
      }),
    );
    this.#id = StackId ?? this.name;
    const ended = await this.#until((status) => !status.endsWith('_IN_PROGRESS'), wait);
    if (ended.StackStatus !== 'CREATE_COMPLETE')
      throw new CannotSay(`the stack ended as ${ended.StackStatus ?? '?'}: ${await this.#failures()}`);
    return new Map(
      (ended.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    );
  }

  /** Deletes it and waits until it is gone. Returns what is left: nothing, if all went well. */
  async delete(wait: Wait): Promise<readonly string[]> {
    if (this.#id === null) return [];
    await this.#endUpdate(wait);
    await this.#cloudFormation.send(new DeleteStackCommand({ StackName: this.#id }));
    const ended = await this.#until((status) => /^DELETE_(COMPLETE|FAILED)$/.test(status), wait);
    return ended.StackStatus === 'DELETE_COMPLETE' ? [] : this.left();
  }

  /** CloudFormation deletes no stack while it is updated: https://github.com/aws/aws-toolkit-azure-devops/issues/317 */
  async #endUpdate(wait: Wait): Promise<void> {
    const { StackStatus: status = '' } = await this.#stack();
    if (!isUpdating(status)) return;
    if (status === 'UPDATE_IN_PROGRESS') await this.#cancel();
    await this.#until((now) => !isUpdating(now), wait);
  }

  async #cancel(): Promise<void> {
    try {
      await this.#cloudFormation.send(new CancelUpdateStackCommand({ StackName: this.#id ?? this.name }));
    } catch (error) {
      // It is no longer UPDATE_IN_PROGRESS: Lastgood was faster.
      if (!isNamed(error, 'ValidationError')) throw error;
    }
  }

  async #stack(): Promise<Stack> {
    const { Stacks = [] } = await this.#cloudFormation.send(
      new DescribeStacksCommand({ StackName: this.#id ?? this.name }),
    );
    const [stack] = Stacks;
    if (stack === undefined) throw new Error(`CloudFormation shows no stack ${this.name}`);
    return stack;
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
      const stack = await this.#stack();
      const { StackStatus: status = '' } = stack;
      if (isSo(status)) return stack;
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
    const count = status.startsWith('DELETE') ? removing.length : done.length;
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

function isUpdating(status: string): boolean {
  return /^UPDATE_.*IN_PROGRESS$/.test(status);
}
