import * as z from 'zod/mini';
import { ignored, misfit, type Ignored, type Rejected } from '../answer.ts';
import { isOfTargetTracking } from '../../aws/scaling-alarms.ts';
import { toInstant } from '../instant.ts';
import type { Alarm } from './alarm.ts';
import { alarmArn, type Whereabouts } from './arn.ts';
import { firstBreach } from './first-breach.ts';
import { signInEvent } from './event-forgery.ts';
import { accountIn, ownMetrics, type WatchedMetric } from './own-metrics.ts';
import { metersOf } from './meters.ts';
import { carriedTags } from './tags.ts';

export const StateValue = z.enum(['OK', 'ALARM', 'INSUFFICIENT_DATA']);
export const AlarmName = z.string().check(z.minLength(1), z.maxLength(255));
export const Time = z
  .string()
  .check(z.refine((text) => toInstant(text) !== null, 'must be a time such as 2026-11-22T03:00:00.000+0000'));
/** Makes a schema for an optional value: a malformed value counts as absent. */
export const lenient = <T extends z.ZodMiniType>(schema: T) => z.catch(z.optional(schema), undefined);

const State = z.object({
  value: StateValue,
  timestamp: Time,
  reason: lenient(z.string()),
  reasonData: lenient(z.string()),
  actionsSuppressedBy: lenient(z.string()),
});

const Metric = z.object({
  accountId: lenient(z.string()),
  metricStat: lenient(z.object({ metric: z.object({ dimensions: z.record(z.string(), z.string()) }) })),
});

/** The time series of a Metrics Insights alarm that turned. `GROUP BY AWS.AccountId` makes its account an attribute. */
const Contributor = z.object({
  id: lenient(z.string().check(z.minLength(1), z.maxLength(1024))),
  attributes: z.record(z.string(), z.string()),
});
type Contributor = z.infer<typeof Contributor>;

/** `detail` of an EventBridge event and `alarmData` of a Lambda action: the same for both. */
const Payload = z.object({
  alarmName: AlarmName,
  state: State,
  previousState: lenient(z.object({ value: StateValue, actionsSuppressedBy: lenient(z.string()) })),
  configuration: lenient(z.object({ metrics: lenient(z.array(Metric)) })),
  alarmContributor: lenient(Contributor),
  alarmTags: lenient(z.unknown()),
  muteDetail: lenient(z.object({ mutedByArn: lenient(z.string()) })),
});
type Payload = z.infer<typeof Payload>;

/** Reads the part that two of the three envelopes share. `where` is its path in the event. */
export function readPayload(
  payload: unknown,
  where: 'detail' | 'alarmData',
  whereabouts: Whereabouts,
): Alarm | Ignored | Rejected {
  const read = Payload.safeParse(payload);
  if (!read.success) return misfit(read.error, where);
  const { alarmName, state } = read.data;
  if (state.value !== 'ALARM')
    return ignored(`alarm ${alarmName} turned to ${state.value}: only ALARM starts a rollback`);
  const timeField = `${where}.state.timestamp`;
  const meters = metersOf(payload, whereabouts.account);
  const alarm = inOurWords(read.data, whereabouts);
  return { ...alarm, timeField, meters, forged: signInEvent(payload, alarm.arn) };
}

function inOurWords(payload: Payload, whereabouts: Whereabouts): Omit<Alarm, 'forged' | 'timeField'> {
  const { alarmName, state, previousState, configuration, alarmContributor, alarmTags } = payload;
  const metrics = configuration?.metrics ?? [];
  const arn = alarmArn(alarmName, whereabouts);
  const watched = alarmContributor === undefined ? watchedBy(metrics) : [seriesOf(alarmContributor)];
  return {
    name: alarmName,
    arn,
    at: toInstant(state.timestamp) ?? state.timestamp,
    previously: previousState?.value ?? null,
    onset: firstBreach(state.reasonData, state.reason),
    reason: state.reason ?? '',
    ...ownMetrics(watched, accountIn(arn) ?? whereabouts.account),
    ...(alarmContributor?.id !== undefined && { contributor: alarmContributor.id }),
    ...(isOfTargetTracking(alarmName) && { onlyScales: true }),
    tags: carriedTags(alarmTags),
    withheld: withholding(payload),
  };
}

function watchedBy(metrics: readonly z.infer<typeof Metric>[]): readonly WatchedMetric[] {
  return metrics.flatMap(({ metricStat, accountId: account }) =>
    metricStat === undefined ? [] : [{ dimensions: metricStat.metric.dimensions, account }],
  );
}

function seriesOf({ attributes }: Contributor): WatchedMetric {
  const { 'AWS.AccountId': account, ...dimensions } = attributes;
  return { dimensions, account };
}

function withholding({ state, muteDetail }: Payload): string | null {
  if (state.actionsSuppressedBy !== undefined) return `suppressed by ${state.actionsSuppressedBy}`;
  if (muteDetail !== undefined) return `muted by ${muteDetail.mutedByArn ?? 'a mute rule'}`;
  return null;
}

/** Says whether the alarm was already in ALARM with its actions on. Then nothing has changed. */
export function wasActing(payload: unknown): boolean {
  const read = Payload.safeParse(payload);
  const { value, actionsSuppressedBy } = read.data?.previousState ?? {};
  return value === 'ALARM' && actionsSuppressedBy === undefined;
}
