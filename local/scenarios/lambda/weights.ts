import { wasAskedBecause } from '../ecs/endings.ts';
import type { Ending, Scenario } from '../scenario.ts';
import type { Stage } from '../stage.ts';
import { aliasNow, openApi, TARGET } from './api.ts';

const FAULTY = { errorRate: 0.4 };

/** A person turns a bad version down by weights before the alarm turns, and some users still get it. */
export const lambdaWeights: readonly Scenario[] = [
  {
    name: 'lambda-turned-down-by-hand',
    shows:
      'a person leaves a bad version 10 % of the traffic: those users still hurt, so a person is asked to give the good one all of it',
    target: TARGET,
    async play(stage) {
      await turn(stage, '1', { 2: 0.1 });
    },
    ends: asked(/checkout:2 was given another share of the traffic after the harm began/, '1', { 2: 0.1 }),
  },
  {
    name: 'lambda-back-in-part-by-hand',
    shows:
      'a person gives the good version a half of the traffic: the other half still hurts, so a person is asked to give it all',
    target: TARGET,
    async play(stage) {
      await turn(stage, '2', { 1: 0.5 });
    },
    ends: asked(/checkout:1 shares the traffic with checkout:2, which ran when the harm began/, '2', {
      1: 0.5,
    }),
  },
];

type Weights = Readonly<Record<string, number>>;

async function turn(stage: Stage, FunctionVersion: string, AdditionalVersionWeights: Weights): Promise<void> {
  const api = await openApi(stage);
  await stage.minutes(3);
  api.release(FAULTY);
  await stage.minutes(1.5);
  api.update({ FunctionVersion, RoutingConfig: { AdditionalVersionWeights } });
  stage.journal.note(
    `a person sets weights: ${FunctionVersion}, and ${JSON.stringify(AdditionalVersionWeights)}`,
  );
  await stage.aftermath();
}

/** Returns an ending: a person is asked, and without an answer the alias stays as a person set it. */
function asked(because: RegExp, version: string, weights: Weights): Ending {
  const isAsItWas = (stage: Stage) => {
    const { FunctionVersion, RoutingConfig = {} } = aliasNow(stage);
    const now = JSON.stringify([FunctionVersion, RoutingConfig.AdditionalVersionWeights]);
    return now === JSON.stringify([version, weights]) ? null : `the alias has ${now}`;
  };
  return {
    ...{ outcome: 'skipped', served: false, writes: [], because: /No answer came/ },
    also: (stage) => wasAskedBecause(because)(stage) ?? isAsItWas(stage),
  };
}
