import { withoutFollowers } from '../../scenarios/rollbacks.ts';
import { clock, courseOf, type Rollback } from '../course.ts';
import { endsIn } from '../ends.ts';
import { holdersIn } from '../holders.ts';
import { faultsBetween, isInDeadLetters, tagsAt } from '../mishaps.ts';
import type { Night } from '../night.ts';
import type { Invariant } from './invariant.ts';

/** After the last rollback a play waits 12 minutes, in which others may begin. */
const YOUNG_MS = 15 * 60_000;
/** Functions that a schedule calls too, or whose lost event does no harm (test/wiring/durable.test.ts says why). */
const HARMLESS = /lastgood-prod-(sweep|readiness|post-slack|on-pause|on-hint|on-change)(-rule-\d+)?$/;
/** Functions that a state machine calls. Events only keep them warm, and are not tried again (functions/keep-warm.yml). */
const KEPT_WARM = /lastgood-prod-(guard|mechanism-[a-z0-9]+)(-rule-\d+)?$/;

const MINUTE_MS = 60_000;

/** Rules of claims, triggers and ends. */
export const claims: readonly Invariant[] = [
  {
    name: 'no-write-without-the-claim',
    because:
      'AWS, October 2025 (https://aws.amazon.com/message/101925): a delayed worker applied what was overtaken',
    broken: (night) => {
      const { writes } = courseOf(night);
      const own = writes.filter(
        ({ rollback }) => rollback !== null && rollback.target === night.subject.target,
      );
      if (own.length === 0) return null;
      const holderAt = holdersIn(night);
      return own.flatMap(({ at, call, rollback }) => {
        const holder = holderAt(at);
        return holder === 'unknown' || holder === rollback?.execution.arn
          ? []
          : [`${clock(at)} ${call.operation} of ${rollback?.execution.name}, held by ${holder ?? 'none'}`];
      });
    },
  },
  {
    name: 'every-execution-reports',
    because:
      'TravisCI (https://www.traviscistatus.com/incidents/sxrh0l46czqn) and flagger issues 1663 and 1816: rollbacks that ended silently',
    broken: (night) => {
      const ended = rollbacksOf(night).filter(({ execution }) => execution.status !== 'RUNNING');
      const ends = endsIn(night);
      const broken = ended
        .filter(
          ({ execution, entered }) =>
            !ends.has(execution.arn) && !entered.some(({ name }) => name === 'Report'),
        )
        .map(({ execution }) => `${execution.name} ended as ${execution.status}, and no event says so`);
      return ended.length === 0 ? null : broken;
    },
  },
  {
    name: 'every-end-is-published-once',
    because: 'demand 30: an alert for every rollback, https://github.com/fluxcd/flagger/issues/1663',
    // EventBridge may have taken an event whose answer was lost, and Report runs again after a crash: receivers know an
    // event by its execution. Where the bus is away for longer than the backstop tries, the end is in the dead letters,
    // and an alarm says so.
    broken: (night) => {
      const ended = rollbacksOf(night).filter(({ execution }) => execution.status !== 'RUNNING');
      const ends = endsIn(night);
      const broken = ended.flatMap(({ execution }) => {
        const times = ends.get(execution.arn)?.length ?? 0;
        if (times === 1 || (times > 1 && mayRepeat(night, execution))) return [];
        if (times === 0 && isInDeadLetters(night, execution.arn)) return [];
        return [`the end of ${execution.name} was published ${times} times`];
      });
      return ended.length === 0 ? null : broken;
    },
  },
  {
    name: 'every-wait-ends',
    because: 'Argo Rollouts issue 4128: a rollout waited for ever, and its deadline did not fire',
    // What began after the last rollback of the story had ended is still young.
    broken: ({ stage: { runtime, world } }) => {
      const all = withoutFollowers(runtime);
      const broken = all
        .filter(
          ({ status, startedAt }) =>
            status === 'RUNNING' && world.clock.now() - Date.parse(startedAt) > YOUNG_MS,
        )
        .map(
          ({ arn, startedAt, states }) =>
            `${arn.split(':').at(-1)} waits in ${states.at(-1)?.name}, and runs since ${startedAt}`,
        );
      return all.length === 0 ? null : broken;
    },
  },
  {
    name: 'every-trigger-is-answered',
    because: 'AWS, December 2021 (https://aws.amazon.com/message/12721): events were lost unnoticed',
    broken: (night) => {
      const asked = triggersIn(night);
      const broken = asked
        .filter((trigger) => !isAnswered(night, trigger))
        .map(({ at, says }) => `${clock(at)} ${says}`);
      return asked.length === 0 ? null : broken;
    },
  },
  {
    name: 'no-event-is-lost-silently',
    because: 'facts R1: without a dead-letter queue EventBridge and Lambda drop what they cannot deliver',
    // The next run of a schedule does what this one could not.
    broken: ({ stage: { runtime } }) => [
      ...runtime.losses
        .filter(({ what }) => !HARMLESS.test(what) && !KEPT_WARM.test(what))
        .map(({ at, what, why }) => `${at.slice(11, 19)} ${what}: ${why}`),
      ...runtime.delivery.dropped
        .filter(({ rule }) => !HARMLESS.test(rule) && !KEPT_WARM.test(rule))
        .map(({ at, rule, reason }) => `${at.slice(11, 19)} ${rule}: ${reason}`),
    ],
  },
];

function rollbacksOf(night: Night): readonly Rollback[] {
  const { rollbacks, others } = courseOf(night);
  return [...rollbacks, ...others];
}

/** Says whether a function that publishes ends failed, or its answer was lost, so that it ran again. */
function mayRepeat(night: Night, { name, arn }: Rollback['execution']): boolean {
  const { runtime } = night.stage;
  const hasFailed = runtime.invocations.some(
    ({ function: of, error }) => error !== undefined && /-(report|sweep)$/.test(of),
  );
  const isUnheard = runtime.wire.calls.some(
    ({ operation, error }) => operation === 'PutEvents' && error === 'TimeoutError',
  );
  const isRetried = night.diary.some(({ what }) => what === 'task-retried-after-success');
  return name !== '' && (hasFailed || isUnheard || isRetried || wasSweptTwice(night, arn));
}

/** Says whether two sweeps ran at once when an end was published: the first one marks it as published after that. */
function wasSweptTwice({ stage: { runtime } }: Night, execution: string): boolean {
  const sweeps = runtime.invocations
    .filter(({ function: of }) => of.endsWith('-sweep'))
    .map(({ at, durationMs }) => ({ from: Date.parse(at), to: Date.parse(at) + durationMs }));
  return runtime.wire.calls
    .filter(({ operation, input }) => operation === 'PutEvents' && JSON.stringify(input).includes(execution))
    .some(
      ({ at }) => sweeps.filter(({ from, to }) => from <= Date.parse(at) && to >= Date.parse(at)).length > 1,
    );
}

/** Something that asked Lastgood to act. */
interface Trigger {
  readonly at: number;
  readonly says: string;
  /** Id of its event. */
  readonly event: string;
  /** The alarm that turned. Absent: a person asked. */
  readonly alarm?: string;
}

function triggersIn(night: Night): readonly Trigger[] {
  const red = courseOf(night).turns.filter(({ to, isDelivered }) => to === 'ALARM' && isDelivered);
  const requests = night.stage.runtime.bus.published.filter(
    ({ event, rules }) => event['detail-type'] === 'Rollback Requested' && rules.length > 0,
  );
  return [
    ...red.map(({ at, alarm, event }) => ({ at, alarm, event, says: `alarm ${alarm} turned` })),
    ...requests.map(({ event }) => ({ at: Date.parse(event.time), event: event.id, says: 'a person asked' })),
  ];
}

function isAnswered(night: Night, { at, event, alarm }: Trigger): boolean {
  const { runtime } = night.stage;
  const isStarted = rollbacksOf(night).some(({ execution }) => {
    const { trigger } = (execution.input as { request?: { trigger?: Started } }).request ?? {};
    return (
      trigger?.id === event ||
      (alarm !== undefined && trigger?.alarm === alarm && Date.parse(trigger.at) === at)
    );
  });
  if (isStarted) return true;
  const isRejected = runtime.bus.published.some(
    ({ event: { detail, source } }) => source === 'lastgood' && detail['request'] === event,
  );
  return (
    isRejected ||
    isInDeadLetters(night, event) ||
    isUnderWay(night, at) ||
    isGone(night, at) ||
    !isOptedIn(night, at)
  );
}

/** Says whether an event of the last moments is still under way, or a fault made it late. */
function isUnderWay(night: Night, at: number): boolean {
  const late = faultsBetween(night, at, at).filter(({ what }) => what === 'events-late');
  const minutes = late.map(({ given }) => Number(given?.['minutes'] ?? 0));
  return night.stage.world.clock.now() - at < Math.max(0, ...minutes) * MINUTE_MS + MINUTE_MS;
}

/** An alarm about what its owner did not opt in may name no target: nothing is published about it. */
function isOptedIn(night: Night, at: number): boolean {
  return ['auto', 'approve', 'observe'].includes(tagsAt(night, at)['lastgood'] ?? '');
}

interface Started {
  readonly id: string;
  readonly at: string;
  readonly alarm?: string;
}

/** A fault of the bus may have lost it on its way. */
function isGone(night: Night, at: number): boolean {
  return faultsBetween(night, at, at).some(({ what }) => what.includes('lost'));
}
