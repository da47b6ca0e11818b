import { check } from './check/check.ts';
import { history } from './history/history.ts';
import { incident } from './incident/incident.ts';
import { list } from './list/list.ts';
import { plan } from './plan/plan.ts';
import { rollback } from './rollback/rollback.ts';
import { watch } from './watch/watch.ts';
import type { Verb } from './verb.ts';

/** All verbs. Each has a folder of its name. */
export const VERBS: Readonly<Record<string, Verb>> = {
  list,
  plan,
  rollback,
  watch,
  history,
  check,
  incident,
};
