import type { Strategy } from './model.ts';

/**
 * The strategies that AWS predefines.
 * https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy-predefined.html
 */
export const PREDEFINED: readonly Strategy[] = [
  strategy('AppConfig.AllAtOnce', 0, 'LINEAR', 100, 10),
  strategy('AppConfig.Linear50PercentEvery30Seconds', 1, 'LINEAR', 50, 1),
  strategy('AppConfig.Linear20PercentEvery6Minutes', 30, 'LINEAR', 20, 30),
  strategy('AppConfig.Canary10Percent20Minutes', 20, 'EXPONENTIAL', 10, 10),
];

function strategy(
  id: string,
  minutes: number,
  growth: Strategy['growth'],
  factor: number,
  bakeMinutes: number,
): Strategy {
  return { id, name: id, minutes, growth, factor, bakeMinutes };
}

/**
 * Returns the percentages of a strategy, in order. The last one is 100. Linear growth adds the factor; exponential growth
 * is G*(2^N). https://docs.aws.amazon.com/appconfig/latest/userguide/appconfig-creating-deployment-strategy.html
 */
export function stepsOf({ minutes, growth, factor }: Strategy): readonly number[] {
  const steps: number[] = [];
  for (let step = 0; minutes > 0; step++) {
    const percent = growth === 'EXPONENTIAL' ? factor * 2 ** step : factor * (step + 1);
    if (percent >= 100) break;
    steps.push(percent);
  }
  return [...steps, 100];
}

/** Returns the milliseconds between two steps. Assumed: the first one is at once, and the rest divides the duration. */
export function stepMilliseconds(strategy: Strategy): number {
  const gaps = stepsOf(strategy).length - 1;
  return gaps === 0 ? strategy.minutes * 60_000 : (strategy.minutes * 60_000) / gaps;
}
