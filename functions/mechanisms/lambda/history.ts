import type { KnownSides } from '../../../src/ledger/known-sides.ts';
import type { Known as KnownOf } from '../../../src/ledger/last-sight.ts';
import {
  introducing,
  observedIn,
  pointingsOf,
  sightsOf,
  type History as HistoryOf,
  type Observed,
  type Pointing as PointingOf,
} from '../../../src/ledger/pointings.ts';
import type { Instant } from '../../../src/rollback/request.ts';
import { LATEST, readConfiguration, textOf, versionsOf, type Configuration } from './configuration.ts';
import { deploymentId, textIn } from './deployment-id.ts';
import type { Alias } from './lambda.ts';
import { standingOf, type Standing } from './standing.ts';

/** How an alias pointed for some time. */
export type Pointing = PointingOf<Configuration>;

export type History = HistoryOf<Configuration>;

interface Present {
  readonly alias: Alias;
  readonly standing: Standing;
  readonly known: KnownSides;
}

export function historyOf(
  { alias, standing, known }: Present,
  { entries, notBefore }: KnownOf,
  now: Instant,
): History {
  const [newest, ...older] = observedIn(entries, (id) => readConfiguration(textIn(id)), isOne);
  const introducedBy = introducing(
    versionsOf,
    known,
    (configuration: Configuration) => standingOf(configuration, null, known).introduced,
  );
  const id = deploymentId(alias);
  const text = textOf(alias);
  // A sight of `$LATEST` is not recorded, so the alias may have named it since the last record. So may any alias whose
  // last sight is unknown.
  const isUnrecorded = versionsOf(alias).includes(LATEST);
  const seen =
    newest !== undefined && textOf(newest.configuration) === text && [id, text].includes(newest.id);
  const since = seen
    ? sightsOf(newest)
    : sightsOf({ since: now, notBefore: isUnrecorded ? newest?.since : (notBefore ?? newest?.since) });
  const present = { configuration: alias, ...since, id };
  const before = pointingsOf([...(seen || newest === undefined ? [] : [newest]), ...older], introducedBy);
  const introduced =
    standing.state === 'moving' ? standing.introduced : introducedBy(alias, before[0] ?? null);
  return { pointings: [{ ...present, introduced }, ...before], seen };
}

/** Compares the change, or only the configuration if the change of one of them is unknown. */
function isOne(one: Observed<Configuration>, other: Observed<Configuration>): boolean {
  const text = textOf(one.configuration);
  if (text !== textOf(other.configuration)) return false;
  return one.id === other.id || one.id === text || other.id === text;
}
