import { asAsked, askedInVariables } from '../asked.ts';
import type { Metrics } from '../seams.ts';
import type { Answers } from '../traffic/publisher.ts';
import type { Users } from '../traffic/users.ts';
import { badRequest } from './errors.ts';
import { Minutes } from './minutes.ts';
import { Moves } from './moves.ts';
import { isComplete, sidesOf, type Side } from './sides.ts';
import type { ApiGatewayState } from './state.ts';

/**
 * Creates the users of the stages. Each stage gets the same number of requests, and divides them between its deployment
 * and its canary. A change of a stage holds at once here; AWS needs some seconds.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/canary-release.html
 */
export function createCallers(state: ApiGatewayState, metrics: Metrics): Users {
  const minutes = new Minutes(state.clock, metrics);
  const moves = new Moves();
  let failing = 0;
  return {
    serve: (requests) =>
      [...state.apis.values()].flatMap((api) =>
        [...api.stages.values()].flatMap((stage) => {
          const sides = sidesOf(api, stage);
          moves.look(state.clock.now(), `${api.id}/${stage.name}`, sides);
          const dealt = state.random.deal(
            requests,
            sides.map(({ share }) => share),
          );
          const answers = sides.flatMap((side, i) => ask(state, side, failing, dealt[i] ?? 0));
          for (const each of answers) minutes.count(api.name, stage.name, each);
          return answers;
        }),
      ),
    violations: () => moves.violations(),
    failAll: (share) => {
      failing = share;
    },
  };
}

/** Words in stage variables choose the answers, before the snapshot does. A snapshot without requests is not asked. */
function ask(state: ApiGatewayState, side: Side, failing: number, count: number): readonly Answers[] {
  if (count === 0) return [];
  const { definition } = side.deployment;
  const { errorRate, latency } = asAsked(definition, askedInVariables(side.variables, badRequest));
  const failed = state.random.binomial(count, isComplete(side) ? Math.max(failing, errorRate) : 1);
  const answers: Answers[] = [
    { status: 500, targetSeconds: latency, count: failed },
    { status: 200, targetSeconds: latency, count: count - failed },
  ];
  return answers.filter((each) => each.count > 0);
}
