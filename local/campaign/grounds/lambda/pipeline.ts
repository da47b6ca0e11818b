import { aliasNow, TARGET } from '../../../scenarios/lambda/api.ts';
import type { Stage } from '../../../scenarios/stage.ts';
import type { Ground, Subject } from '../../ground.ts';
import { Pipeline, type Run } from '../../pipeline.ts';
import { openAlias, type Alias } from './alias.ts';

/** A share of the invocations, and the seconds until the next step. */
interface Step {
  readonly share: number;
  readonly seconds: number;
}

interface Strategy {
  /** The steps before the new version has all invocations. */
  readonly steps: readonly Step[];
  /** Goes on without a look at what the alias is. */
  readonly isCareless?: boolean;
}

const CANARY: readonly Step[] = [
  { share: 0.1, seconds: 300 },
  { share: 0.5, seconds: 300 },
];

/** How a pipeline moves an alias, by strategy. */
const STRATEGIES: Readonly<Record<string, Strategy>> = {
  'all-at-once': { steps: [] },
  canary: { steps: CANARY },
  'canary-careless': { steps: CANARY, isCareless: true },
};

/** Aliases that a pipeline moves with UpdateAlias. */
export const byPipeline: readonly Ground[] = Object.entries(STRATEGIES).map(([strategy, how]) => ({
  ...{ kind: 'lambda', controller: 'pipeline', strategy },
  open: async (stage, settings, first) => {
    const { alias, subject } = await openAlias(stage, settings, first, TARGET);
    return { ...subject, ...moved(stage, alias, subject, how) };
  },
}));

function moved(
  stage: Stage,
  alias: Alias,
  { can }: Pick<Subject, 'can'>,
  { steps, isCareless = false }: Strategy,
): Pick<Subject, 'deploy' | 'can'> {
  const { api } = alias;
  const pipeline = new Pipeline(stage.world.clock);
  const isAt = (version: string, share: number) =>
    aliasNow(stage).RoutingConfig?.AdditionalVersionWeights?.[version] === share;
  const finish = (version: string) =>
    api.update({ FunctionVersion: version, RoutingConfig: { AdditionalVersionWeights: {} } });
  const walk = (run: Run, version: string, [step, ...more]: readonly Step[]): void => {
    if (step === undefined) {
      finish(version);
      return;
    }
    const { share, seconds } = step;
    api.update({ RoutingConfig: { AdditionalVersionWeights: { [version]: share } } });
    run.after(seconds, () => {
      if (isCareless || isAt(version, share)) walk(run, version, more);
    });
  };
  return {
    deploy: (release) => {
      const run = pipeline.begin();
      const isKnown = alias.has(release);
      const version = alias.publish(release);
      stage.journal.release(`${release.name} is released as version ${version}`);
      if (isKnown) finish(version);
      else walk(run, version, steps);
    },
    can: {
      ...can,
      abort: () => {
        pipeline.stop();
        api.update({ RoutingConfig: { AdditionalVersionWeights: {} } });
      },
    },
  };
}
