import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import { AwsError } from '../service.ts';
import { alarmsIn, holds } from './alarm-rule.ts';
import { stamp, type Alarm, type AlarmState, type CompositeAlarm, type MetricAlarm } from './alarms.ts';
import type { Herald } from './herald.ts';
import { reasonDataOf, reasonOf } from './reasons.ts';
import type { MetricStore } from './series.ts';
import { alarmPeriod, evaluateAlarm, isIdle } from './verdict.ts';

/** Returns the milliseconds after the start of an interval at which an alarm is evaluated: the name decides. */
export function placeOf(name: string, interval: number, random: (name: string) => Random): number {
  return Math.floor(random(`cloudwatch/phase/${name}`).between(0, interval));
}

/** All alarms. Evaluates them and changes their states. */
export class AlarmDesk {
  readonly alarms = new Map<string, Alarm>();
  /**
   * Deleted alarms: CloudWatch keeps their history.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarmHistory.html
   */
  readonly deleted: Alarm[] = [];
  readonly #surroundings: Surroundings;
  readonly #store: MetricStore;
  readonly #herald: Herald;

  constructor(surroundings: Surroundings, store: MetricStore, herald: Herald) {
    this.#surroundings = surroundings;
    this.#store = store;
    this.#herald = herald;
  }

  /** Finds an alarm by name or ARN. */
  find(reference: string): Alarm | undefined {
    return this.alarms.get(reference.replace(/^arn:[^ ]*:alarm:/, ''));
  }

  /** @throws AwsError `ResourceNotFound` */
  get(name: string | undefined): Alarm {
    const alarm = this.alarms.get(name ?? '');
    if (alarm === undefined) throw new AwsError('ResourceNotFound', `Unknown alarm ${name ?? ''}`, 404);
    return alarm;
  }

  /**
   * Evaluates a metric alarm every minute, or every ten seconds for periods below a minute. Each alarm has its own
   * second within the minute, as recorded transitions show; here it is random.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
   */
  watch(alarm: MetricAlarm): void {
    alarm.timer?.cancel();
    const { clock, random } = this.#surroundings;
    const interval = alarmPeriod(alarm.settings) < 60 ? 10_000 : 60_000;
    const place = placeOf(alarm.name, interval, random);
    const next = (): number => clock.now() - (clock.now() % interval) + place;
    const again = (at: number): void => {
      const evaluate = (): void => {
        this.#evaluate(alarm);
        again(clock.now() + interval);
      };
      alarm.timer = clock.at(at, evaluate, true);
    };
    again(next() > clock.now() ? next() : next() + interval);
  }

  forget(alarm: Alarm): void {
    if (alarm.type === 'MetricAlarm') alarm.timer?.cancel();
    this.alarms.delete(alarm.name);
    this.deleted.push(alarm);
  }

  #evaluate(alarm: MetricAlarm): void {
    const now = this.#surroundings.clock.now();
    if (isIdle(this.#store, alarm.settings, alarm.state.value, now)) return;
    const verdict = evaluateAlarm(this.#store, alarm.settings, now);
    if (verdict.state === null || verdict.state === alarm.state.value) return;
    this.enter(alarm, {
      value: verdict.state,
      reason: reasonOf(alarm.settings, verdict),
      reasonData: reasonDataOf(alarm.settings, verdict, now),
      at: now,
    });
  }

  /** Puts an alarm into a state. Publishes only a change, then recomputes the composites that name the alarm. */
  enter(alarm: Alarm, to: AlarmState): void {
    const from = alarm.state;
    alarm.state = to;
    if (from.value === to.value) return;
    alarm.transitionedAt = to.at;
    this.#herald.publish({ alarm, from, to });
    for (const other of [...this.alarms.values()])
      if (other.type === 'CompositeAlarm' && alarmsIn(other.rule).some((each) => this.find(each) === alarm))
        this.recompute(other, alarm);
  }

  /**
   * Recomputes a composite alarm as soon as a child changes: ALARM if its rule holds, otherwise OK.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutCompositeAlarm.html
   */
  recompute(alarm: CompositeAlarm, because?: Alarm): void {
    const value = holds(alarm.rule, (each) => this.find(each)?.state.value) ? 'ALARM' : 'OK';
    if (value === alarm.state.value) return;
    const at = this.#surroundings.clock.now();
    const reason =
      because === undefined
        ? `${alarm.arn} was created and its alarm rule evaluates to ${value}`
        : `${because.arn} transitioned to ${because.state.value} at ${spelled(because.state.at)}`;
    const children = because === undefined ? this.#children(alarm) : [because];
    const triggeringAlarms = children.map((child) => ({
      arn: child.arn,
      state: { value: child.state.value, timestamp: stamp(child.state.at) },
    }));
    this.enter(alarm, { value, reason, reasonData: JSON.stringify({ triggeringAlarms }), at });
  }

  #children(alarm: CompositeAlarm): readonly Alarm[] {
    return alarmsIn(alarm.rule).flatMap((each) => this.find(each) ?? []);
  }
}

/** Formats an instant as `Friday 22 July, 2022 15:57:45 UTC`. */
function spelled(at: number): string {
  const date = new Date(at);
  const part = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', ...options }).format(date);
  const day = part({ day: '2-digit' });
  return `${part({ weekday: 'long' })} ${day} ${part({ month: 'long' })}, ${part({ year: 'numeric' })} ${date.toISOString().slice(11, 19)} UTC`;
}
