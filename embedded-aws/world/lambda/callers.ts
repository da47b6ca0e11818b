import type { Random } from '../random.ts';
import type { LogWriter, Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';
import type { Users } from '../traffic/users.ts';
import { invoke } from './invoke.ts';
import { Minutes, THROTTLED } from './minutes.ts';
import type { Alias, UserFunction } from './model.ts';
import type { LambdaState } from './state.ts';
import { Moves } from './moves.ts';
import { failureLog } from './failure-log.ts';

/** Creates the callers of the functions. Each alias gets the same number of invocations, divided by its weights. */
export function createCallers(
  lambda: LambdaState,
  { metrics, logs }: { readonly metrics: Metrics; readonly logs: LogWriter },
): Users {
  const writeFailures = failureLog(lambda, logs);
  const minutes = new Minutes(lambda.clock, metrics);
  const moves = new Moves();
  const chance = lambda.random;
  let failing = 0;

  const call = (of: UserFunction, alias: Alias, version: string, count: number): readonly Answers[] => {
    const invoked = lambda.version(of, version);
    const answers: readonly Answers[] =
      of.reserved === 0
        ? [{ status: THROTTLED, targetSeconds: null, count }]
        : invoke(lambda, invoked, failing, count);
    if (answers.some(({ status }) => status === 500)) writeFailures(of, invoked);
    for (const each of answers) minutes.count(of.name, alias.name, version, each);
    return answers;
  };
  return {
    serve: (requests) =>
      aliasesOf(lambda).flatMap(([of, alias]) => {
        moves.look(lambda.clock.now(), of, alias);
        return deal(alias, chance, requests).flatMap(([version, count]) => call(of, alias, version, count));
      }),
    violations: () => moves.violations(),
    failAll: (share) => {
      failing = share;
    },
  };
}

function aliasesOf({ functions }: LambdaState): readonly (readonly [UserFunction, Alias])[] {
  const found: (readonly [UserFunction, Alias])[] = [];
  for (const of of functions.values()) for (const alias of of.aliases.values()) found.push([of, alias]);
  return found;
}

/**
 * Divides invocations. Lambda decides anew for each one:
 * https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html
 */
function deal(
  { version, weights }: Alias,
  chance: Random,
  requests: number,
): readonly (readonly [version: string, count: number])[] {
  const [[other, weight] = ['', 0]] = Object.entries(weights);
  const elsewhere = chance.binomial(requests, weight);
  const dealt = [[version, requests - elsewhere] as const, [other, elsewhere] as const];
  return dealt.filter(([, count]) => count > 0);
}
