import type { Hide } from './prometheus-checks.ts';
import { asRecord, parseJson } from '../../src/rollback/json.ts';

/**
 * Returns the samples of an instant query, of a vector or a scalar. An answer with warnings is an error: a server that
 * queries others warns when some did not answer, and the missing sample may be the bad one.
 * https://prometheus.io/docs/prometheus/latest/querying/api/#instant-queries
 * @param hide takes the token out of a warning
 * @throws Error when the body is anything else
 */
export function samplesOf(body: string, hide: Hide): readonly number[] {
  const { status, data, warnings } = asRecord(parseJson(body)) ?? {};
  const { resultType, result } = asRecord(data) ?? {};
  if (status !== 'success') throw new Error('the answer is not one of the Prometheus HTTP API');
  if (Array.isArray(warnings) && warnings.length > 0)
    throw new Error(`the answer came with a warning: ${hide(String(warnings[0]))}`);
  if (resultType === 'scalar') return [sampleOf(result)];
  if (resultType !== 'vector' || !Array.isArray(result))
    throw new Error('the query must give a vector or a scalar');
  return result.map((series) => sampleOf(asRecord(series)?.['value']));
}

/**
 * Reads the number of `[seconds, "text"]`. Native histograms have no single value and cannot be compared with a
 * threshold.
 */
function sampleOf(pair: unknown): number {
  const text: unknown = Array.isArray(pair) ? pair[1] : undefined;
  if (typeof text !== 'string') throw new Error('a sample has no value');
  if (/^[+-]?Inf$/.test(text)) return text.startsWith('-') ? -Infinity : Infinity;
  return /^[+-]?[\d.]/.test(text) ? Number(text) : NaN;
}
