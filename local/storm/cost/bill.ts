import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import type { Admission } from '@lastgood/embedded-aws/wire/throttle.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { record } from '../record.ts';
import type { Amounts } from './prices.ts';
import { bytesIn, isWrite, readUnitsOf, writeUnitsOf } from './units.ts';

const MINUTES_A_MONTH = 730 * 60;
const GB = 1024 ** 3;

/**
 * Bytes of the lines START, END and REPORT that Lambda itself logs at each invocation, with the 26 bytes of each event
 * that CloudWatch adds. https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-view.html
 */
const PLATFORM_LOG_BYTES = 500;

/** Lists of the runtime grow during a run: a bill counts from where they were. */
interface Began {
  readonly invocations: number;
  readonly logs: number;
  readonly transitions: number;
}

/** Counts what AWS bills for, from its creation on. */
export class Bill {
  readonly #runtime: Runtime;
  readonly #began: Began;
  #reads = 0;
  #writes = 0;
  #events = 0;
  #metricsRead = 0;
  #images = 0;
  #cloudwatch = 0;
  #queue = 0;

  constructor(runtime: Runtime) {
    this.#runtime = runtime;
    this.#began = lengthsOf(runtime);
  }

  /** Takes a call of Lastgood that reached its rate limit. A write to DynamoDB is billed even if its condition fails. */
  admitted({ call: { service, operation }, throttled }: Admission): void {
    if (service === 'dynamodb' && !throttled && isWrite(operation)) this.#writes++;
  }

  /** Takes a call of Lastgood that succeeded. */
  answered(call: Pick<Call, 'service' | 'operation' | 'input'>, output: unknown): void {
    const input = record(call.input);
    if (call.service === 'dynamodb') this.#reads += readUnitsOf(call, output);
    else if (call.service === 'events') this.#events += lengthOf(input['Entries']);
    else if (call.service === 'sqs') this.#queue++;
    else if (call.service === 'monitoring') this.#monitored(call.operation, input);
  }

  #monitored(operation: string, { MetricDataQueries }: Readonly<Record<string, unknown>>): void {
    if (operation === 'GetMetricData') this.#metricsRead += lengthOf(MetricDataQueries);
    else if (operation === 'GetMetricWidgetImage') this.#images++;
    else this.#cloudwatch++;
  }

  /**
   * Returns the amounts of a month, of which `minutes` were counted. A function is billed from its start, cold start
   * included, to its answer, which is its calls one after the other: what it computes is not counted, and neither is
   * that calls may run side by side.
   */
  async aMonth(minutes: number): Promise<Amounts> {
    const { stack, lambda, invocations } = this.#runtime;
    const memory = new Map(stack.functions.map(({ name, memoryMb }) => [name, memoryMb / 1024]));
    const ran = invocations.slice(this.#began.invocations);
    const gbSeconds = ran.reduce(
      (sum, { function: name, durationMs }) => sum + (memory.get(name) ?? 1) * (durationMs / 1000),
      0,
    );
    const lines = lambda.logs.slice(this.#began.logs);
    const logged = lines.reduce((sum, { text }) => sum + Buffer.byteLength(text) + 26, 0);
    const items = await this.#runtime.items();
    const times = MINUTES_A_MONTH / minutes;
    return {
      lambdaGbSeconds: gbSeconds * times,
      lambdaRequests: ran.length * times,
      dynamodbReadUnits: this.#reads * times,
      dynamodbWriteUnits: writeUnitsOf(this.#writes, items) * times,
      dynamodbGb: bytesIn(items) / GB,
      stateTransitions: (lengthsOf(this.#runtime).transitions - this.#began.transitions) * times,
      customEvents: this.#events * times,
      traces: ran.length * times,
      logGb: ((logged + ran.length * PLATFORM_LOG_BYTES) / GB) * times,
      alarms: stack.alarms.length,
      metricsRead: this.#metricsRead * times,
      images: this.#images * times,
      cloudwatchRequests: this.#cloudwatch * times,
      queueRequests: this.#queue * times,
    };
  }
}

function lengthsOf({ invocations, lambda, states }: Runtime): Began {
  const entered = states.all.flatMap(({ history }) => history.filter(({ type }) => type === 'StateEntered'));
  return { invocations: invocations.length, logs: lambda.logs.length, transitions: entered.length };
}

function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}
