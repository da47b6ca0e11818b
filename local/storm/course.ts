import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import type { Published } from '@lastgood/embedded-aws/runtime/events/bus.ts';
import { record } from './record.ts';
import type { Subject } from './subject.ts';
import { targetOf } from './ways-back.ts';

/** What became of one target, as the world and the bus show it. Instants are milliseconds since the epoch. */
export interface Fate {
  readonly subject: Subject;
  /** When its alarm turned first. */
  alarmedAt: number | null;
  /** When AWS accepted the first call that brings the first release back. */
  mitigatedAt: number | null;
  /** When a person was first asked about it. */
  askedAt: number | null;
  /** The last outcome that was published and is no refusal of a second trigger. */
  outcome: string | null;
  reason: string | null;
}

/** Follows every target through a storm: the alarms, the questions, the writes that AWS accepted, and the ends. */
export class Course {
  readonly fates: ReadonlyMap<string, Fate>;
  readonly #byAlarm: ReadonlyMap<string, Fate>;
  readonly #groupOfDeployment: (id: string) => string | null;
  /** Members of a storm whose plan waits for its one question. */
  readonly #members = new Set<Fate>();
  #heard = 0;

  constructor(subjects: readonly Subject[], groupOfDeployment: (id: string) => string | null) {
    const fates = subjects.map((subject) => fateOf(subject));
    this.fates = new Map(fates.map((fate) => [fate.subject.target, fate]));
    this.#byAlarm = new Map(fates.map((fate) => [fate.subject.alarm, fate]));
    this.#groupOfDeployment = groupOfDeployment;
  }

  /** Takes a call that succeeded. */
  answered(call: Call): void {
    const target = targetOf(call, this.#groupOfDeployment);
    const fate = target === null ? undefined : this.fates.get(target);
    if (fate?.mitigatedAt !== null || !fate.subject.isWayBack(call)) return;
    fate.mitigatedAt = Date.parse(call.at);
  }

  /** Takes the events that were published since the last time. */
  hear(published: readonly Published[]): void {
    for (const { event } of published.slice(this.#heard)) {
      const { detail, source } = event;
      if (event['detail-type'] === 'CloudWatch Alarm State Change') this.#alarmed(record(detail));
      if (source === 'lastgood') this.#said(event['detail-type'], record(detail), Date.parse(event.time));
    }
    this.#heard = published.length;
  }

  #alarmed({ alarmName, state }: Readonly<Record<string, unknown>>): void {
    const fate = this.#byAlarm.get(String(alarmName));
    const { value, timestamp } = record(state);
    if (fate !== undefined && value === 'ALARM') fate.alarmedAt ??= Date.parse(String(timestamp));
  }

  #said(type: string, detail: Readonly<Record<string, unknown>>, at: number): void {
    if (type === 'Rollback Storm Updated' && detail['state'] === 'asking')
      for (const member of this.#members) member.askedAt ??= at;
    const fate = this.fates.get(String(detail['target']));
    if (fate === undefined) return;
    if (type === 'Rollback Approval Requested') fate.askedAt ??= at;
    if (detail['storm'] !== undefined && record(detail['verdict'])['verdict'] === 'ask')
      this.#members.add(fate);
    if (typeof detail['outcome'] !== 'string' || isRefusal(detail)) return;
    fate.outcome = detail['outcome'];
    fate.reason = typeof detail['reason'] === 'string' ? detail['reason'] : null;
  }
}

/** A second trigger of a target ends Skipped, and the first one goes on: its end has no verdict. */
function isRefusal({ outcome, verdict }: Readonly<Record<string, unknown>>): boolean {
  return outcome === 'skipped' && verdict === undefined;
}

function fateOf(subject: Subject): Fate {
  return { subject, alarmedAt: null, mitigatedAt: null, askedAt: null, outcome: null, reason: null };
}
