import type { Phase } from '../../scripts/phases/phase.ts';
import type { Document } from '../../scripts/phases/said.ts';
import type { OutcomeState } from '../../src/rollback/outcome.ts';
import type { Runtime } from '@lastgood/embedded-aws/runtime/runtime.ts';
import {
  executionOf,
  type EnteredState,
  type Execution,
} from '@lastgood/embedded-aws/runtime/states/execution.ts';
import type { Run } from '@lastgood/embedded-aws/runtime/states/run.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import type { AwsEvent } from '@lastgood/embedded-aws/world/aws.ts';
import type { Traffic } from '@lastgood/embedded-aws/world/traffic.ts';
import type { World } from '@lastgood/embedded-aws/world/world.ts';
import type { Happening } from './result.ts';
import { lineOf, phaseOf } from './happenings.ts';
import type { About, Moment } from './moment.ts';

const LOOK_EVERY_MS = 1_000;
/** Calls that change a target. */
const WRITES = new Set([
  'ModifyListener',
  'ModifyRule',
  'UpdateListener',
  'UpdateRule',
  'SetDesiredCapacity',
  'StopServiceDeployment',
  'ContinueServiceDeployment',
  'UpdateService',
  'UpdateAlias',
  'UpdateStage',
  'ChangeResourceRecordSets',
  'StopDeployment',
  'StartDeployment',
  'CreateDeployment',
  'UpdateAutoScalingGroup',
  'StartInstanceRefresh',
  'CancelInstanceRefresh',
  'RollbackInstanceRefresh',
  'CreateTaskSet',
  'UpdateTaskSet',
  'UpdateServicePrimaryTaskSet',
  'CancelUpdateStack',
  'RollbackStack',
  'ContinueUpdateRollback',
  'RollbackStage',
  'DisableStageTransition',
]);

/** A mechanism that publishes asks another system to go back. Other functions publish what happens. */
function isChange(role: string, operation: string): boolean {
  return WRITES.has(operation) || (operation === 'PutEvents' && role.includes('-mechanism-'));
}

/** Those who watch a run. */
export interface Audience {
  readonly onHappening?: (moment: Moment) => void;
  /** Called each second of virtual time. */
  readonly onSecond?: (traffic: Traffic, now: string) => void;
}

/** The events of a run in the words of the terminal, shown as they happen and kept. */
export class Journal {
  readonly #world: World;
  readonly #runtime: Runtime;
  readonly #traffic: Traffic;
  readonly #audience: Audience;
  readonly #happenings: Happening[] = [];
  readonly #shownStates = new Map<string, number>();
  readonly #ownRed = new Set<string>();
  /** The executions that may have new states. One that ended enters no further state. */
  #running: Run[] = [];
  #seenRuns = 0;
  #shownCalls = 0;
  #lastShown = '';
  #served = true;

  constructor(world: World, runtime: Runtime, traffic: Traffic, audience: Audience = {}) {
    this.#world = world;
    this.#runtime = runtime;
    this.#traffic = traffic;
    this.#audience = audience;
    world.onEvent((event) => this.#onEvent(event));
    world.clock.every(LOOK_EVERY_MS, () => this.look(), true);
  }

  /** Returns all that happened, in order of time. */
  happenings(): readonly Happening[] {
    return this.#happenings.toSorted((one, other) => one.at.localeCompare(other.at));
  }

  note(what: string, at = this.#world.clock.iso(), about: About = { kind: 'note' }): void {
    this.#happenings.push({ at, what });
    this.#audience.onHappening?.({ at, what, about });
  }

  /** Notes that a release began. */
  release(what: string): void {
    this.note(what, undefined, { kind: 'release' });
  }

  /** Returns Lastgood's writes to targets that AWS accepted, in order: names of operations. */
  writes(): readonly string[] {
    return this.#runtime.wire.calls.filter((call) => this.isWrite(call)).map(({ operation }) => operation);
  }

  /** Returns whether this call of Lastgood changed a target. */
  isWrite({
    role,
    operation,
    allowed,
    error,
  }: Pick<Call, 'role' | 'operation' | 'allowed' | 'error'>): boolean {
    return role !== 'operator' && isChange(role, operation) && allowed && error === undefined;
  }

  /** Returns the end of an execution as Lastgood published it on the bus. */
  publishedEnd(execution: string): { readonly outcome: OutcomeState; readonly reason: string } | undefined {
    const ends = this.#runtime.bus.published
      .filter(({ event }) => event.source === 'lastgood')
      .map(({ event }) => event.detail);
    return ends.find((detail) => detail['execution'] === execution && 'outcome' in detail) as never;
  }

  #onEvent({ source, 'detail-type': type, detail }: AwsEvent): void {
    if (type === 'CloudWatch Alarm State Change') {
      const { alarmName: name, state, previousState } = detail as unknown as Turn;
      if (!this.#isShown(name, state.value, previousState.value)) return;
      this.note(`alarm ${name} is ${state.value}`, undefined, { kind: 'alarm', name, state: state.value });
    } else if (source === 'aws.ecs' && type === 'ECS Deployment State Change') {
      const { eventName, reason } = detail as { eventName: string; reason: string };
      this.#noteAws('ECS', `${eventName}: ${reason}`, reason, !eventName.endsWith('IN_PROGRESS'));
    } else if (source === 'aws.autoscaling') {
      this.#noteAws('EC2', type, type, true);
    } else if (type === 'CodeDeploy Deployment State-change Notification') {
      const { deploymentId, state } = detail as { deploymentId: string; state: string };
      const says = `deployment ${deploymentId}: ${state}`;
      this.#noteAws('CodeDeploy', says, says, !['START', 'READY'].includes(state));
    } else if (type === 'CloudFormation Stack Status Change') {
      const { status } = detail['status-details'] as { status: string };
      this.#noteAws('CloudFormation', status, status, !status.endsWith('_IN_PROGRESS'));
    }
  }

  /**
   * The alarms on Lastgood itself leave INSUFFICIENT_DATA when the stack is new, and two of them pass ALARM on the way to
   * OK. That says nothing, and they are many.
   */
  #isShown(alarm: string, is: string, was: string): boolean {
    if (!OWN_ALARM.test(alarm)) return true;
    if (is === 'ALARM' && was !== 'INSUFFICIENT_DATA') return this.#ownRed.add(alarm).has(alarm);
    return is === 'OK' && this.#ownRed.delete(alarm);
  }

  #noteAws(service: string, what: string, says: string, isEnd: boolean): void {
    this.note(what, undefined, { kind: 'aws', service, says, isEnd });
  }

  /**
   * Shows new calls and states. They come from two lists, so they are sorted by time. A play looks once more at its end:
   * what came in its last second is new.
   */
  look(): void {
    this.#lookAtTraffic();
    const news = [...this.#newCalls(), ...this.#newStates()];
    for (const { at, what, about } of news.sort((one, other) => one.at.localeCompare(other.at))) {
      // Repeated looks with the same result are shown once.
      if (what !== this.#lastShown) this.note(what, at, about);
      this.#lastShown = what;
    }
    this.#audience.onSecond?.(this.#traffic, this.#world.clock.iso());
  }

  #newCalls(): Moment[] {
    const { calls } = this.#runtime.wire;
    const writes = calls
      .slice(this.#shownCalls)
      .filter(({ role, operation }) => role !== 'operator' && isChange(role, operation));
    this.#shownCalls = calls.length;
    return writes.map(({ at, role, operation, error }) => ({
      at,
      what: `${role} calls ${operation}${error === undefined ? '' : `: ${error}`}`,
      about: { kind: 'write', role, operation, ...(error !== undefined && { error }) },
    }));
  }

  #newStates(): Moment[] {
    const { all } = this.#runtime.states;
    this.#running.push(...all.slice(this.#seenRuns));
    this.#seenRuns = all.length;
    const news = this.#running.flatMap((run) => this.#newStatesOf(executionOf(run)));
    this.#running = this.#running.filter(({ status }) => status === 'RUNNING');
    return news;
  }

  #newStatesOf({ arn, states }: Execution): Moment[] {
    const shown = this.#shownStates.get(arn) ?? 0;
    this.#shownStates.set(arn, states.length);
    return states.slice(shown).flatMap((state, index) => {
      const phase = phaseOf(state, states[shown + index - 1]?.name);
      return phase === null ? [] : [{ at: state.at, what: lineOf(phase), about: aboutOf(arn, phase, state) }];
    });
  }

  #lookAtTraffic(): void {
    const served = isServed(this.#traffic);
    if (served === this.#served) return;
    this.#served = served;
    this.note(served ? 'users are served again' : 'users are hurting', undefined, {
      kind: 'users',
      areServed: served,
    });
  }
}

function aboutOf(execution: string, phase: Phase, { input }: EnteredState): About {
  const { target } = (input as Document).request;
  return { kind: 'phase', phase, target, execution };
}

interface Turn {
  readonly alarmName: string;
  readonly state: { readonly value: string };
  readonly previousState: { readonly value: string };
}

/** The name of an alarm on Lastgood itself. */
const OWN_ALARM = /^lastgood-prod-/;

/** Returns whether the users are served now, as the traffic measures it. */
export function isServed(traffic: Traffic): boolean {
  return traffic.restoredAt() !== null || traffic.badSince() === null;
}
