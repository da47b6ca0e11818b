import type { Admission } from '@lastgood/embedded-aws/wire/throttle.ts';

/** Calls of one bucket of the account. */
export interface BucketCalls {
  /** `ecs service read`; for an operation without a quota `no quota: ecr BatchGetImage`. */
  readonly name: string;
  readonly calls: number;
  readonly throttled: number;
  /** Tokens a minute that the bucket gets; null without a quota. */
  readonly perMinute: number | null;
  /** The most calls of one minute of virtual time. */
  readonly peak: number;
  /** Calls by the name of the calling function, the most first. */
  readonly by: Readonly<Record<string, number>>;
}

interface Count {
  calls: number;
  throttled: number;
  peak: number;
  minute: number;
  inMinute: number;
  readonly perMinute: number | null;
  readonly by: Map<string, number>;
}

/** Counts the calls of Lastgood's functions at the wire, by quota bucket. A refused call counts too. */
export class Meter {
  readonly #now: () => number;
  #buckets = new Map<string, Count>();

  /** @param now milliseconds since the epoch, of virtual time */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Begins again at zero. */
  reset(): void {
    this.#buckets = new Map();
  }

  count({ call, bucket, throttled }: Admission): void {
    const name =
      bucket === undefined
        ? `no quota: ${call.service} ${call.operation}`
        : bucketName(call.service, bucket.name);
    const count = this.#buckets.get(name) ?? emptyCount(bucket === undefined ? null : bucket.perSecond * 60);
    this.#buckets.set(name, count);
    const minute = Math.floor(this.#now() / 60_000);
    count.inMinute = count.minute === minute ? count.inMinute + 1 : 1;
    count.minute = minute;
    count.peak = Math.max(count.peak, count.inMinute);
    count.calls++;
    if (throttled) count.throttled++;
    count.by.set(call.role, (count.by.get(call.role) ?? 0) + 1);
  }

  /** Returns the buckets, the most used first. */
  buckets(): readonly BucketCalls[] {
    return [...this.#buckets]
      .map(([name, { calls, throttled, perMinute, peak, by }]) => ({
        ...{ name, calls, throttled, perMinute, peak },
        by: Object.fromEntries([...by].sort(([, one], [, other]) => other - one)),
      }))
      .sort((one, other) => other.calls - one.calls);
  }
}

/** Names of buckets begin with their service's. */
function bucketName(service: string, name: string): string {
  return name.startsWith(service) || service === 'dynamodb' ? name : `${service} ${name}`;
}

function emptyCount(perMinute: number | null): Count {
  return { calls: 0, throttled: 0, peak: 0, minute: -1, inMinute: 0, perMinute, by: new Map() };
}
