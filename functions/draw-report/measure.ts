import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { readMeters } from '../../src/aws/metric-read.ts';
import type { Span } from '../../src/aws/metric-answer.ts';
import type { Rollback } from '../../src/rollback/document.ts';
import type { Meter } from '../../src/rollback/plan.ts';
import { after } from '../../src/rollback/time.ts';
import type { Chart, Material } from '../../src/report/material.ts';
import { timesOf } from '../../src/report/times.ts';
import { alarmChart } from './alarm-chart.ts';
import { targetCharts } from './target-charts.ts';

type Client = Pick<CloudWatchClient, 'send'>;

/** Shown before the release or the harm, whichever came first: what was usual. */
const BEFORE_MINUTES = 15;

/** A drawing has room for so many minutes: what was usual, a pause of four hours, and an hour. */
const MAX_MINUTES = 315;

/** The metrics that a chart compares. */
const COMPARED: readonly Meter['metric'][] = ['requests', 'errors', 'latency'];

export interface Measured {
  readonly charts: readonly Chart[];
  readonly failed: readonly { readonly what: string; readonly error: Error }[];
}

/**
 * Reads the metric of the alarm that decided, and those of the target: by side where the plan knows the sides, and where
 * no alarm's metric can be drawn.
 */
export async function measure(
  known: Omit<Material, 'charts' | 'missing'>,
  client: Client,
): Promise<Measured> {
  const { document } = known;
  if (document === null) return { charts: [], failed: [] };
  const span = spanOf(known);
  const [ofAlarm, ofTarget] = await Promise.all([
    tried('the metric of the alarm', () => alarmChart(client, document, span)),
    tried('the metrics of the target', () => readTarget(client, document, span)),
  ]);
  const alarm = ofAlarm.is ?? null;
  const target = (ofTarget.is ?? []).filter(({ lines }) => alarm === null || lines.length > 1);
  return {
    charts: [...(alarm === null ? [] : [alarm]), ...target],
    failed: [ofAlarm, ofTarget].flatMap(({ failed }) => failed),
  };
}

async function readTarget(client: Client, document: Rollback, span: Span): Promise<readonly Chart[]> {
  const { plan, request } = document;
  const watched = request.trigger?.type === 'alarm' ? (request.trigger.meters ?? []) : [];
  const known = plan?.meters ?? watched;
  const meters = known.filter(({ metric }) => COMPARED.includes(metric));
  return meters.length === 0 ? [] : targetCharts(document, await readMeters(client, meters, span));
}

async function tried<T>(
  what: string,
  read: () => Promise<T>,
): Promise<{ readonly is?: T; readonly failed: Measured['failed'] }> {
  try {
    return { is: await read(), failed: [] };
  } catch (error) {
    return { failed: [{ what, error: error instanceof Error ? error : new Error(String(error)) }] };
  }
}

/** Returns whole minutes from before the harm until the end. The minute of the end is not over, and would look better. */
function spanOf(known: Omit<Material, 'charts' | 'missing'>): Span {
  const { suspect, began, triggered, ended } = timesOf({ ...known, charts: [], missing: [] });
  const first =
    [suspect?.startedAt, began?.at, triggered, ended].filter((at) => at !== undefined).sort()[0] ?? ended;
  const end = Math.floor(Date.parse(ended) / 60_000);
  const begin = Math.floor(Date.parse(after(first, -BEFORE_MINUTES * 60)) / 60_000);
  const start = Math.max(begin, end - MAX_MINUTES);
  return { start: new Date(start * 60_000).toISOString(), minutes: end - start };
}
