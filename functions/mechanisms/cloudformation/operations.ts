import type { Instant } from '../../../src/rollback/request.ts';
import { isOurs } from '../../../src/targets/kinds/cloudformation/token.ts';
import type { StackEvent } from './cloudformation.ts';

/** A creation or an update of a stack, from its beginning to its end or to the end of its rollback. */
export interface Operation {
  /** Its token, which events on the bus have too; else AWS's id of it; else when it began. */
  readonly id: string;
  /** Id of the event with which it began; empty: further back than was read. */
  readonly startEvent: string;
  readonly isCreation: boolean;
  readonly startedAt: Instant;
  /**
   * - failed: a resource failed, and everything stays as it is.
   * - went-back: CloudFormation has rolled it back.
   * - stuck: its rollback failed.
   */
  readonly state: 'in-flight' | 'completed' | 'failed' | 'rolling-back' | 'went-back' | 'stuck';
  readonly endedAt: Instant | null;
  readonly reason: string;
  /** A person or a tool cancelled it while it was in flight. */
  readonly isCancelled: boolean;
  /** The tokens of the requests that rolled it back, newest last. */
  readonly rollbacks: readonly (string | null)[];
  /** The events of its resources before its rollback, oldest first. */
  readonly resources: readonly StackEvent[];
}

const BEGINS = ['CREATE_IN_PROGRESS', 'UPDATE_IN_PROGRESS', 'IMPORT_IN_PROGRESS'];

/** The state that each status of a stack gives its newest operation. */
const STATES: Readonly<Record<string, Operation['state']>> = {
  CREATE_COMPLETE: 'completed',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'completed',
  UPDATE_COMPLETE: 'completed',
  IMPORT_COMPLETE: 'completed',
  CREATE_FAILED: 'failed',
  UPDATE_FAILED: 'failed',
  ROLLBACK_IN_PROGRESS: 'rolling-back',
  UPDATE_ROLLBACK_IN_PROGRESS: 'rolling-back',
  IMPORT_ROLLBACK_IN_PROGRESS: 'rolling-back',
  ROLLBACK_COMPLETE: 'went-back',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'went-back',
  UPDATE_ROLLBACK_COMPLETE: 'went-back',
  IMPORT_ROLLBACK_COMPLETE: 'went-back',
  ROLLBACK_FAILED: 'stuck',
  UPDATE_ROLLBACK_FAILED: 'stuck',
  IMPORT_ROLLBACK_FAILED: 'stuck',
};

/**
 * Reads the operations of a stack from its events, newest first. An operation whose beginning is not among them is left
 * out, unless its end shows that it completed: then it is known by that end.
 * @param events newest first
 */
export function operationsIn(events: readonly StackEvent[]): readonly Operation[] {
  const found: Operation[] = [];
  for (const event of events.toReversed()) {
    const newest = found.at(-1);
    if (!event.isOfStack) {
      if (newest?.state === 'in-flight')
        found[found.length - 1] = { ...newest, resources: [...newest.resources, event] };
    } else if (BEGINS.includes(event.status)) found.push(begun(event));
    else if (newest === undefined) found.push(...knownByEnd(event));
    else found[found.length - 1] = withStatus(newest, event);
  }
  return found.toReversed();
}

function begun({ id, at, status, token, operation }: StackEvent): Operation {
  return {
    id: token ?? operation ?? at,
    startEvent: id,
    isCreation: status === 'CREATE_IN_PROGRESS',
    startedAt: at,
    state: 'in-flight',
    endedAt: null,
    reason: '',
    isCancelled: false,
    rollbacks: [],
    resources: [],
  };
}

/** Its beginning is older than the events that were read. */
function knownByEnd(event: StackEvent): readonly Operation[] {
  if (STATES[event.status] !== 'completed') return [];
  return [
    withStatus({ ...begun(event), startEvent: '', isCreation: event.status === 'CREATE_COMPLETE' }, event),
  ];
}

function withStatus(one: Operation, { status, at, reason, token }: StackEvent): Operation {
  const state = STATES[status];
  if (state === undefined) return one;
  const isOver = state === 'completed' || state === 'failed' || state === 'went-back' || state === 'stuck';
  // The first of two statuses that end it counts: cleaning up moves nothing any more.
  const endedAt = state === one.state ? (one.endedAt ?? at) : at;
  return {
    ...one,
    state,
    endedAt: isOver ? endedAt : null,
    reason: reason === '' ? one.reason : reason,
    isCancelled: one.isCancelled || (one.state === 'in-flight' && isCancel(state, reason, token)),
    rollbacks: state === 'rolling-back' && one.state !== state ? [...one.rollbacks, token] : one.rollbacks,
  };
}

/** The reason of a rollback that a caller asked for. Unknown: stack-cancel-reason. */
const ASKED_FOR = 'User Initiated';

/**
 * Says whether a caller other than Lastgood cancelled an update. CloudFormation found no failure in it.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/using-cfn-stack-update-cancel.html
 */
function isCancel(state: Operation['state'], reason: string, token: string | null): boolean {
  return state === 'rolling-back' && reason === ASKED_FOR && (token === null || !isOurs(token));
}

/** Returns the operation to which a rollback of the newest one leads: the newest before it that completed. */
export function stableBefore([, ...older]: readonly Operation[]): Operation | null {
  return older.find(({ state }) => state === 'completed') ?? null;
}
