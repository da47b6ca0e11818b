import type { Found } from './verify.ts';
import { A_ROLLBACK, AN_INVOCATION, LOAD_BALANCER, type Priced } from './prices.ts';

/** One line of the bill. */
export interface Cost {
  readonly what: string;
  readonly dollars: number;
}

/** Estimates what a run cost, from what ran and how long. */
export function costOf({ parts, courses, hours, load }: Found): readonly Cost[] {
  const isBalanced = parts.some(({ shares }) => shares.includes('balancer'));
  const hourly: readonly Priced[] = [
    ...(isBalanced ? [LOAD_BALANCER] : []),
    ...parts.flatMap(({ name, priced }) => priced.map((one) => ({ ...one, what: `${name}: ${one.what}` }))),
  ];
  return [
    ...hourly.map(({ what, anHour, once = 0 }) => ({ what, dollars: anHour * hours + once })),
    { what: `${load.invocations} invocations`, dollars: load.invocations * AN_INVOCATION },
    { what: `${courses.length} rollbacks`, dollars: courses.length * A_ROLLBACK },
  ];
}

export function totalOf(costs: readonly Cost[]): number {
  return costs.reduce((sum, { dollars }) => sum + dollars, 0);
}
