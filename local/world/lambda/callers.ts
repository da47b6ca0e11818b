import type { Random } from '../random.ts';
import type { Metrics } from '../seams.ts';
import type { Answer } from '../traffic/publisher.ts';
import type { Users } from '../traffic/users.ts';
import { invoke } from './invoke.ts';
import { Minutes } from './minutes.ts';
import type { Alias, UserFunction } from './model.ts';
import type { LambdaState } from './state.ts';
import { Moves } from './moves.ts';

/** Who calls the functions: each alias gets the same number of invocations, shared out by its weights. */
export function createCallers(lambda: LambdaState, metrics: Metrics): Users {
  const minutes = new Minutes(lambda.clock, metrics);
  const moves = new Moves();
  const chance = lambda.random;
  let failing = 0;

  const call = (of: UserFunction, alias: Alias): Answer => {
    const name = pick(alias, chance);
    const answer = invoke(lambda, lambda.version(of, name), failing);
    minutes.count(of.name, alias.name, name, answer);
    return answer;
  };
  return {
    serve: (requests) =>
      aliasesOf(lambda).flatMap(([of, alias]) => {
        moves.look(lambda.clock.iso(), of, alias);
        return Array.from({ length: requests }, () => call(of, alias));
      }),
    violations: () => moves.violations(),
    failAll: (share) => {
      failing = share;
    },
  };
}

function aliasesOf({ functions }: LambdaState): readonly (readonly [UserFunction, Alias])[] {
  return [...functions.values()].flatMap((of) =>
    [...of.aliases.values()].map((alias) => [of, alias] as const),
  );
}

/** Lambda decides anew for every invocation: https://docs.aws.amazon.com/lambda/latest/dg/configuring-alias-routing.html */
function pick({ version, weights }: Alias, chance: Random): string {
  const [other] = Object.entries(weights);
  return other !== undefined && chance.next() < other[1] ? other[0] : version;
}
