import type { OutcomeState } from '../../src/rollback/outcome.ts';
import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import type { Execution } from '@lastgood/embedded-aws/runtime/states/execution.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import type { AwsEvent } from '@lastgood/embedded-aws/world/aws.ts';
import type { Traffic } from '@lastgood/embedded-aws/world/traffic.ts';
import type { World } from '@lastgood/embedded-aws/world/world.ts';
import type { Happening } from './result.ts';
import { happeningOf } from './happenings.ts';

const LOOK_EVERY_MS = 1_000;
/** Calls that change a target. */
const WRITES = new Set([
  'ModifyListener',
  'ModifyRule',
  'SetDesiredCapacity',
  'StopServiceDeployment',
  'ContinueServiceDeployment',
  'UpdateService',
  'UpdateAlias',
  'ChangeResourceRecordSets',
  'StopDeployment',
  'CreateDeployment',
  'UpdateAutoScalingGroup',
  'StartInstanceRefresh',
  'CancelInstanceRefresh',
  'RollbackInstanceRefresh',
  'CreateTaskSet',
  'UpdateTaskSet',
  'UpdateServicePrimaryTaskSet',
]);

/** What happened, in the words of the terminal: told while it happens, and kept. */
export class Journal {
  readonly #world: World;
  readonly #runtime: Runtime;
  readonly #traffic: Traffic;
  readonly #tell: ((happening: Happening) => void) | undefined;
  readonly #happenings: Happening[] = [];
  readonly #statesTold = new Map<string, number>();
  #callsTold = 0;
  #lastTold = '';
  #served = true;

  constructor(world: World, runtime: Runtime, traffic: Traffic, tell?: (happening: Happening) => void) {
    this.#world = world;
    this.#runtime = runtime;
    this.#traffic = traffic;
    this.#tell = tell;
    world.onEvent((event) => this.#hear(event));
    world.clock.every(LOOK_EVERY_MS, () => this.#look(), true);
  }

  /** All that happened, in order of time. */
  happenings(): readonly Happening[] {
    return this.#happenings.toSorted((one, other) => one.at.localeCompare(other.at));
  }

  note(what: string, at = this.#world.clock.iso()): void {
    this.#happenings.push({ at, what });
    this.#tell?.({ at, what });
  }

  /** Lastgood's writes to targets that AWS took, in order: names of operations. */
  writes(): readonly string[] {
    return this.#runtime.wire.calls.filter((call) => this.isWrite(call)).map(({ operation }) => operation);
  }

  /** Whether this call of ours changed a target. */
  isWrite({
    role,
    operation,
    allowed,
    error,
  }: Pick<Call, 'role' | 'operation' | 'allowed' | 'error'>): boolean {
    return role !== 'operator' && WRITES.has(operation) && allowed && error === undefined;
  }

  /** The end of an execution as our event on the bus told it. */
  toldOnTheBus(execution: string): { readonly outcome: OutcomeState; readonly reason: string } | undefined {
    const ends = this.#runtime.bus.published
      .filter(({ event }) => event.source === 'lastgood')
      .map(({ event }) => event.detail);
    return ends.find((detail) => detail['execution'] === execution && 'outcome' in detail) as never;
  }

  #hear({ source, 'detail-type': type, detail }: AwsEvent): void {
    if (type === 'CloudWatch Alarm State Change') {
      const { alarmName, state } = detail as { alarmName: string; state: { value: string } };
      this.note(`alarm ${alarmName} is ${state.value}`);
    } else if (source === 'aws.ecs' && type === 'ECS Deployment State Change') {
      const { eventName, reason } = detail as { eventName: string; reason: string };
      this.note(`${eventName}: ${reason}`);
    } else if (source === 'aws.autoscaling') {
      this.note(type);
    } else if (type === 'CodeDeploy Deployment State-change Notification') {
      const { deploymentId, state } = detail as { deploymentId: string; state: string };
      this.note(`deployment ${deploymentId}: ${state}`);
    }
  }

  /** Calls and states are read from two lists: told in the order in which they happened. */
  #look(): void {
    this.#lookAtTraffic();
    const news = [...this.#newCalls(), ...this.#runtime.executions().flatMap((one) => this.#newStates(one))];
    for (const { at, what } of news.sort((one, other) => one.at.localeCompare(other.at))) {
      // Looks that find the same as the one before are told once.
      if (what !== this.#lastTold) this.note(what, at);
      this.#lastTold = what;
    }
  }

  #newCalls(): Happening[] {
    const { calls } = this.#runtime.wire;
    const writes = calls
      .slice(this.#callsTold)
      .filter(({ role, operation }) => role !== 'operator' && WRITES.has(operation));
    this.#callsTold = calls.length;
    return writes.map(({ at, role, operation, error }) => ({
      at,
      what: `${role} calls ${operation}${error === undefined ? '' : `: ${error}`}`,
    }));
  }

  #newStates({ arn, states }: Execution): Happening[] {
    const entered = states.slice(this.#statesTold.get(arn) ?? 0);
    this.#statesTold.set(arn, states.length);
    return entered.flatMap((state) => {
      const what = happeningOf(state);
      return what === null ? [] : [{ at: state.at, what }];
    });
  }

  #lookAtTraffic(): void {
    const served = isServed(this.#traffic);
    if (served === this.#served) return;
    this.#served = served;
    this.note(served ? 'users are served again' : 'users are hurting');
  }
}

/** Whether the users are served now, by the traffic's own account. */
export function isServed(traffic: Traffic): boolean {
  return traffic.restoredAt() !== null || traffic.badSince() === null;
}
