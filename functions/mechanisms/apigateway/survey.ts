import { knownSides, type KnownSides } from '../../../src/ledger/known-sides.ts';
import { knownOf, type Knowing } from '../../../src/ledger/last-sight.ts';
import type { Entry } from '../../../src/ledger/ledger.ts';
import { blameOf, type Blame } from '../../../src/rollback/blame.ts';
import type { Plannable } from '../../../src/rollback/document.ts';
import { UnsupportedTarget } from '../../../src/rollback/errors.ts';
import type { Deployment, Tags } from '../../../src/rollback/plan.ts';
import { isUnhurried } from '../../../src/rollback/unhurried.ts';
import type { ApiNames } from '../../../src/aws/rest-apis.ts';
import { stageOf, type StageName } from '../../../src/targets/kinds/apigateway/target.ts';
import type { Deployments, Gateway, Stage } from './gateway.ts';
import { historyOf, type History } from './history.ts';
import { rolloutsOf } from './rollouts.ts';
import { besideIn, type Standing } from './standing.ts';

/** Everything that a plan is made from. */
export interface Survey {
  readonly name: StageName;
  readonly stage: Stage;
  readonly tags: Tags;
  readonly standing: Standing;
  readonly known: KnownSides;
  readonly entries: readonly Entry[];
  readonly history: History;
  readonly recent: readonly [Deployment, ...Deployment[]];
  readonly blame: Blame | null;
  /** Names of all APIs; null: they could not be read. */
  readonly names: ApiNames | null;
  /** Whether a person may see the plan before anything is written. */
  readonly isShown: boolean;
  /** Reads the deployments that still exist, once. */
  readonly deployments: () => Promise<Deployments>;
}

export interface Clients extends Knowing {
  readonly gateway: Gateway;
  /** Reads the names of all REST APIs. A warm function keeps them. */
  readonly names: () => Promise<ApiNames>;
}

/**
 * Reads the stage, which has its own tags. Its deployments are read only where something else than the stage must exist.
 * @throws UnsupportedTarget
 */
export async function survey(rollback: Plannable, clients: Clients): Promise<Survey> {
  const { gateway, names: readNames, ...knowing } = clients;
  const { request, since } = rollback;
  const name = stageOf(request.target);
  const [stage, observed, names] = await Promise.all([
    gateway.stage(name),
    knownOf(knowing, request.target),
    // Only where the numbers are depends on the names.
    readNames().catch(() => null),
  ]);
  if (stage === null) throw new UnsupportedTarget(`${request.target}: ${whyNone(name, names)}`);
  const { entries } = observed;
  const known = knownSides(entries);
  const history = historyOf(stage, observed, known, since);
  const { introduced } = history.pointings[0];
  const [newest, ...older] = rolloutsOf(history, entries, known).map(({ deployment }) => deployment);
  if (newest === undefined) throw new UnsupportedTarget(`${request.target}: nothing is known of it`);
  const recent = [newest, ...older] as const;
  return {
    ...{ name, stage, tags: stage.tags, known, entries, history, recent, names },
    standing: { introduced, beside: besideIn(stage, introduced) },
    blame: blameOf(recent, rollback),
    isShown: isUnhurried(rollback, stage.tags),
    deployments: once(() => gateway.deployments(name.api)),
  };
}

function whyNone({ api, stage }: StageName, names: ApiNames | null): string {
  const isUnknown = names !== null && !names.has(api);
  return isUnknown
    ? `there is no REST API ${api} here. An HTTP or WebSocket API cannot be a target: it has no canary, and Lastgood does not put its deployments back`
    : `the REST API ${api} has no stage ${stage}`;
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => (answer ??= read());
}
