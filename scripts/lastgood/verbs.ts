import { approve } from './approve/approve.ts';
import { check } from './check/check.ts';
import { completionOf } from './completion/completion.ts';
import type { Words } from './completion/scripts.ts';
import { deny } from './deny/deny.ts';
import { freeze } from './freeze/freeze.ts';
import { history } from './history/history.ts';
import { incident } from './incident/incident.ts';
import { list } from './list/list.ts';
import { lookout } from './lookout/lookout.ts';
import { pause } from './pause/pause.ts';
import { plan } from './plan/plan.ts';
import { programOf } from './program.ts';
import { readiness } from './readiness/readiness.ts';
import { rehearse } from './rehearse/rehearse.ts';
import { resume } from './resume/resume.ts';
import { report } from './report/report.ts';
import { rollback } from './rollback/rollback.ts';
import { storm } from './storm/storm.ts';
import { unfreeze } from './unfreeze/unfreeze.ts';
import { watch } from './watch/watch.ts';
import type { Verb } from './verb.ts';

/** All verbs. Each has a folder of its name. */
export const VERBS: Readonly<Record<string, Verb>> = {
  list,
  plan,
  rollback,
  rehearse,
  watch,
  history,
  report,
  lookout,
  readiness,
  check,
  incident,
  storm,
  approve,
  deny,
  freeze,
  unfreeze,
  pause,
  resume,
  completion: completionOf(wordsOfAll),
};

/** Reads the verbs and their options from the command line that commander parses. */
function wordsOfAll(): Words {
  const commands = programOf(VERBS).commands.map((command) => {
    const options = [
      ...command.options.map(({ long, description, required }) => ({
        long: long ?? '',
        does: description,
        takesValue: required,
      })),
      { long: '--help', does: 'help', takesValue: false },
    ];
    return [command.name(), { does: command.description(), options }] as const;
  });
  return Object.fromEntries(commands);
}
