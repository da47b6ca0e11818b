import type { Instant } from '../rollback/request.ts';
import { isAfter } from '../rollback/time.ts';
import { breachedFor, breachName, type Breach } from './harm.ts';
import { between, type Span } from './span.ts';
import type { Times } from './times.ts';
import { clockTo } from './words.ts';

/**
 * Shows for how long the metric was past its limit. Where it is not known, all signs that are healthy end the harm, which
 * may be long after the users were served. Where they never were, the end is not known.
 */
export function harmIn({ began, breach, restored }: Times): readonly Span[] {
  if (began === undefined) return [];
  if (breach !== undefined) return [breachSpan(breach, began.at)];
  const says = { from: began.says };
  return restored === undefined
    ? [{ what: 'Harm began', from: began.at, says: { ...says, figure: began.says }, tone: 'harm' }]
    : [{ what: 'Harm, until all signs are healthy', ...between(began.at, restored), says, tone: 'harm' }];
}

/** A period in which the release began is drawn from the release on. */
function breachSpan(breach: Breach, began: Instant): Span {
  const { stretches, periodSeconds } = breach;
  const parts = stretches.map(({ from, to }) => ({
    from: isAfter(began, from) && isAfter(to, began) ? began : from,
    to,
  }));
  const [first, last] = [parts[0] ?? stretches[0], parts.at(-1) ?? stretches[0]];
  return {
    what: breachName(breach).replace('metric', 'Metric'),
    from: first.from,
    to: last.to,
    ...(breach.isOpen && { isOpen: true as const }),
    parts,
    says: {
      from: clockTo(stretches[0].from, periodSeconds),
      to: clockTo(last.to, periodSeconds),
      took: breachedFor(breach),
    },
    tone: 'harm',
  };
}
