import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  type DescribeExecutionCommandOutput,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import type { Rollback } from '../../src/rollback/document.ts';

/** One execution of Lastgood's rollback machine. */
export interface Execution {
  readonly arn: string;
  readonly startedAt: Date;
  /** Absent while it runs. */
  readonly endedAt?: Date | undefined;
  /** The document as of its start, or as of its end. */
  readonly document: Partial<Rollback>;
}

/** Report is followed by a Choice and an end, which make five events. */
const LAST_EVENTS = 10;

/** Reads the executions about targets. Those that have ended are read once. */
export class Rollbacks {
  readonly #states: Pick<SFNClient, 'send'>;
  readonly #machine: string;
  readonly #ended = new Map<string, Execution>();

  constructor(states: Pick<SFNClient, 'send'>, machine: string) {
    this.#states = states;
    this.#machine = machine;
  }

  /** Returns the executions about a target since an instant, oldest first. */
  async of(target: string, since: number): Promise<readonly Execution[]> {
    const { executions = [] } = await this.#states.send(
      new ListExecutionsCommand({ stateMachineArn: this.#machine, maxResults: 100 }),
    );
    const recent = executions.filter(({ startDate }) => (startDate?.getTime() ?? 0) >= since);
    const found: Execution[] = [];
    for (const { executionArn = '' } of recent) found.unshift(await this.#execution(executionArn));
    return found.filter(({ document }) => document.request?.target === target);
  }

  async #execution(arn: string): Promise<Execution> {
    const known = this.#ended.get(arn);
    if (known !== undefined) return known;
    const described = await this.#states.send(new DescribeExecutionCommand({ executionArn: arn }));
    const { startDate, stopDate } = described;
    const execution: Execution = {
      arn,
      startedAt: startDate ?? new Date(0),
      endedAt: stopDate,
      document: JSON.parse(await this.#documentOf(arn, described)) as Partial<Rollback>,
    };
    if (stopDate !== undefined) this.#ended.set(arn, execution);
    return execution;
  }

  /** A failed execution has no output: the outcome of a failed rollback stands in its history alone. */
  async #documentOf(
    executionArn: string,
    { output, stopDate, input = '{}' }: DescribeExecutionCommandOutput,
  ): Promise<string> {
    if (output !== undefined) return output;
    return (stopDate === undefined ? undefined : await this.#reported(executionArn)) ?? input;
  }

  /** Returns what Report left, one of the last events of an execution. */
  async #reported(executionArn: string): Promise<string | undefined> {
    const { events = [] } = await this.#states.send(
      new GetExecutionHistoryCommand({
        executionArn,
        reverseOrder: true,
        includeExecutionData: true,
        maxResults: LAST_EVENTS,
      }),
    );
    const exits = events.map(({ stateExitedEventDetails }) => stateExitedEventDetails);
    return exits.find((exit) => exit?.name === 'Report')?.output;
  }
}
