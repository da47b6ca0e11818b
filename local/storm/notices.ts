import type { Event } from '@lastgood/embedded-aws/runtime/events/event.ts';
import type { Call } from '@lastgood/embedded-aws/wire/calls.ts';
import { record } from './record.ts';
import type { Kind, Subject } from './subject.ts';

/** The kinds whose deployments send no events. */
const SILENT: readonly Kind[] = ['elb', 'route53', 'lambda'];

/** How soon Lastgood wrote a change into its ledger. */
export interface Noticed {
  readonly kind: Kind;
  readonly changes: number;
  /** Changes that were not in the ledger at the end. */
  readonly unnoticed: number;
  readonly medianSeconds: number | null;
  readonly worstSeconds: number | null;
}

interface Change {
  readonly kind: Kind;
  readonly at: number;
  noticedAt: number | null;
}

/** Follows changes until Lastgood writes the target into its ledger, as the wire shows it. */
export class Notices {
  readonly #now: () => number;
  readonly #kinds: ReadonlyMap<string, Kind>;
  readonly #changes: Change[] = [];
  readonly #open = new Map<string, Change>();

  constructor(subjects: readonly Subject[], now: () => number) {
    this.#now = now;
    this.#kinds = new Map(subjects.map(({ target, kind }) => [target, kind]));
  }

  /** Takes a release. It counts from now where no event tells of it, and else from the event of its end. */
  released({ target, kind }: Subject): void {
    if (SILENT.includes(kind)) this.#began(target);
  }

  /** Takes an event of AWS. */
  heard(event: Event): void {
    const target = completedIn(event);
    if (target !== null) this.#began(target);
  }

  /** Takes a call of Lastgood that succeeded. */
  answered({ service, operation, input }: Pick<Call, 'service' | 'operation' | 'input'>): void {
    if (service !== 'dynamodb' || !/^(Put|Update)Item$/.test(operation)) return;
    const { TableName, Key, Item } = record(input);
    const { target } = record(Key ?? Item);
    if (typeof TableName !== 'string' || !TableName.endsWith('-ledger') || typeof target !== 'string') return;
    const change = this.#open.get(target);
    if (change === undefined) return;
    change.noticedAt = this.#now();
    this.#open.delete(target);
  }

  noticed(): readonly Noticed[] {
    return [...Map.groupBy(this.#changes, ({ kind }) => kind)].map(([kind, changes]) => {
      const seconds = changes
        .flatMap(({ at, noticedAt }) => (noticedAt === null ? [] : [Math.round((noticedAt - at) / 100) / 10]))
        .sort((one, other) => one - other);
      return {
        ...{ kind, changes: changes.length, unnoticed: changes.length - seconds.length },
        medianSeconds: seconds[Math.floor(seconds.length / 2)] ?? null,
        worstSeconds: seconds.at(-1) ?? null,
      };
    });
  }

  #began(target: string): void {
    const kind = this.#kinds.get(target);
    if (kind === undefined || this.#open.has(target)) return;
    const change = { kind, at: this.#now(), noticedAt: null };
    this.#changes.push(change);
    this.#open.set(target, change);
  }
}

/** Returns the target whose deployment an event says is complete; null: it says nothing of the kind. */
function completedIn({ source, 'detail-type': type, resources, detail }: Event): string | null {
  const fields = record(detail);
  if (source === 'aws.ecs' && fields['eventName'] === 'SERVICE_DEPLOYMENT_COMPLETED')
    return `ecs:${(resources[0] ?? '').split(':service/')[1] ?? ''}`;
  if (source === 'aws.autoscaling' && type === 'EC2 Auto Scaling Instance Refresh Succeeded')
    return `asg:${text(fields['AutoScalingGroupName'])}`;
  if (source === 'aws.codedeploy' && fields['state'] === 'SUCCESS')
    return `codedeploy:${text(fields['application'])}/${text(fields['deploymentGroup'])}`;
  return null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
