import type { Sign } from '../../src/rollback/health.ts';
import { readSettings } from '../../src/rollback/settings.ts';
import { samplesOf } from './prometheus-answer.ts';
import { hidingTokenOf, type Check, type Checks, type Threshold } from './prometheus-checks.ts';
import { unreadable } from './unreadable.ts';
import type { SignSource } from './verify.ts';

/** Queries a Prometheus server, and returns the body unparsed. Throws if the answer is not successful. */
export type Query = (check: Check) => Promise<string>;

/**
 * Reads one sign for each query of the target: it must have samples, and each must keep to the threshold. A query
 * without samples is unknown: a metric that is no longer scraped looks the same as a healthy one.
 */
export function prometheus(checks: Checks, query: Query): SignSource {
  return ({ plan }) =>
    Promise.all(readSettings(plan.tags).prometheus.map((name) => signOf(name, checks, query)));
}

async function signOf(name: string, checks: Checks, query: Query): Promise<Sign> {
  const of = `Prometheus ${name}`;
  try {
    const check = await checks(name);
    return { of, ...judged(samplesOf(await query(check), hidingTokenOf(check)), check.threshold) };
  } catch (error) {
    return unreadable(of, error);
  }
}

function judged(samples: readonly number[], { is, limit }: Threshold): Omit<Sign, 'of'> {
  if (samples.length === 0) return { state: 'unknown', says: 'the query has no samples' };
  if (samples.some(Number.isNaN)) return { state: 'unknown', says: 'a sample is NaN' };
  const worst = samples.reduce((a, b) => (is === 'at most' ? Math.max(a, b) : Math.min(a, b)));
  const keeps = is === 'at most' ? worst <= limit : worst >= limit;
  return {
    state: keeps ? 'healthy' : 'unhealthy',
    says: `the worst of ${samples.length} samples is ${worst}, wanted is ${is} ${limit}`,
  };
}
