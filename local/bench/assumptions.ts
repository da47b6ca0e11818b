/*
 * The published samples and the assumptions of the model, printed with its figures. Samples are medians and 99th
 * percentiles, in milliseconds; a lognormal distribution goes through both.
 */

/** A lognormal distribution, by its median and its 99th percentile. */
export interface Spread {
  readonly p50: number;
  readonly p99: number;
  /** The source, or the reason of an assumption. */
  readonly source: string;
}

export const SPREADS = {
  delivery: {
    p50: 37,
    p99: 130,
    source:
      'an event to its target: AWS, August 2024 (129 ms at p99) and the Amazon Key suite (80 ms at p90)',
  },
  hop: {
    p50: 168,
    p99: 320,
    source:
      'from the end of a task to the start of the next, warm: 1,998 hops of SeBS-Flow (EuroSys 2025), runs of 2024',
  },
  init: {
    p50: 125,
    p99: 186,
    source:
      'initialisation of an empty function, nodejs24.x, arm64, 1,024 MB: 764 cold starts of maxday/lambda-perf, June to August 2026',
  },
  awsCall: { p50: 30, p99: 108, source: 'assumed: a call to a control plane, its connection included' },
  tableCall: { p50: 6, p99: 20, source: 'assumed: a call to DynamoDB' },
} as const satisfies Readonly<Record<string, Spread>>;

/** Milliseconds, uniform, to place a cold environment: the difference of cold and warm hops of SeBS-Flow is about 180. */
export const PLACEMENT_MS = { from: 50, to: 250 } as const;

/** A Choice enters a state and calls nothing. No figure is published. */
export const CHOICE_SHARE_OF_HOP = 0.5;

/** Our own work in an invocation, besides its calls. The handler of an empty function took 4 ms on its first call. */
export const HANDLER_MS = 5;

/**
 * The import of a published bundle, `@aws-sdk/client-ecs` alone, minified: 543,793 bytes in 71 ms (21 runs on two cores). This
 * machine's imports are scaled to it, so that its speed and load cancel.
 */
export const REFERENCE = { bytes: 543_793, ms: 71 } as const;

/** Returns the assumptions as lines of text. */
export function assumptions(): readonly string[] {
  const spreads = Object.entries(SPREADS).map(
    ([name, { p50, p99, source }]) => `${name}: ${p50} ms at p50, ${p99} ms at p99 (${source})`,
  );
  const { from, to } = PLACEMENT_MS;
  return [
    ...spreads,
    `placement: ${from} to ${to} ms for a cold environment (cold and warm hops of SeBS-Flow differ by some 180)`,
    `hops: one to the first state, and to each further one; ${CHOICE_SHARE_OF_HOP * 100} % of one for a Choice (assumed)`,
    `code: ${HANDLER_MS} ms an invocation, besides its calls (assumed)`,
    'imports: processor time on this machine, median of several, scaled to the published time of a reference bundle ' +
      `(@aws-sdk/client-ecs: ${REFERENCE.bytes} bytes, ${REFERENCE.ms} ms); memory changes an init hardly (lambda-perf), so no ` +
      'share of a processor is taken off',
    'path: the states, functions and calls of a play in process; calls made at once count as the slowest',
    'warm: each function has a warm environment; cold: none has, and an invocation waits for no environment of another',
    'end: the first write is accepted',
  ];
}
