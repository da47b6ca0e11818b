import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One file that a kind of target provides. `KIND` is replaced by the kind's name. */
export interface Part {
  readonly file: string;
  readonly is: string;
  /** Parts of one group are optional and come together. Absent: every kind must have it. */
  readonly group?: 'events' | 'hints' | 'quotas' | 'readiness' | 'spelling';
}

export const MECHANISMS = 'functions/mechanisms';

/** All parts of a kind of target. Their types are in src/targets/kind.ts and src/rollback/mechanism.ts. */
export const PARTS: readonly Part[] = [
  {
    file: 'src/targets/kinds/KIND/target.ts',
    is: '`kind`: its target strings, alarm dimensions, ARNs and deployment events, read without asking AWS',
  },
  {
    file: 'src/targets/kinds/KIND/deploy-call.ts',
    is: '`deployCall`: the calls that deploy to a target, as CloudTrail names them',
  },
  {
    file: `${MECHANISMS}/KIND/mechanism.ts`,
    is: '`createMechanism`: the verbs plan, stop, revert, settled and traits, each in a file of its own',
  },
  {
    file: `${MECHANISMS}/KIND/memo.ts`,
    is: '`Memo`: the schema of what the verbs after plan need to remember',
  },
  {
    file: `${MECHANISMS}/KIND/takes.ts`,
    is: "`takes`: what a way back takes of AWS's quotas, by which rollbacks are paced",
  },
  { file: `${MECHANISMS}/KIND/handler.ts`, is: 'its Lambda: the verbs, bound to their clients' },
  {
    file: `${MECHANISMS}/KIND/function.yml`,
    is: 'the Lambda and the exact IAM statements that its verbs need; named in serverless.yml',
  },
  {
    file: `${MECHANISMS}/KIND/reconcile.ts`,
    is: '`createReconciler`: reads for the sweep, which proves deployments and finds changes without an event',
  },
  { file: `${MECHANISMS}/KIND/sweep.yml`, is: 'the IAM statements that reconcile.ts needs' },
  {
    file: 'test/contract/KIND{,-*}.test.ts',
    is: 'its contract suite: the same tests for every mechanism',
  },
  {
    file: 'local/campaign/grounds/KIND.ts',
    is: '`grounds`: its targets in generated stories, by controller and strategy',
  },
  {
    file: 'src/targets/kinds/KIND/event.ts',
    is: 'reads its deployment events, where AWS sends any',
    group: 'events',
  },
  {
    file: `${MECHANISMS}/KIND/events.yml`,
    is: 'the EventBridge rules that bring those events to on-deployment',
    group: 'events',
  },
  {
    file: 'src/targets/kinds/KIND/hint.ts',
    is: 'reads events that hint at a stalled deployment, where there are any',
    group: 'hints',
  },
  {
    file: `${MECHANISMS}/KIND/hints.yml`,
    is: 'the EventBridge rules that bring those events to on-hint',
    group: 'hints',
  },
  {
    file: `${MECHANISMS}/KIND/stalled.ts`,
    is: '`createStalledKind`: asks AWS after a hint whether the deployment cannot progress',
    group: 'hints',
  },
  {
    file: `${MECHANISMS}/KIND/stalled.yml`,
    is: 'the IAM statements that stalled.ts needs',
    group: 'hints',
  },
  {
    file: 'src/quotas/kinds/KIND.ts',
    is: "`quotas`: the rates that AWS allows, where the kind's service is no other kind's",
    group: 'quotas',
  },
  {
    file: 'src/readiness/ids/KIND.ts',
    is: 'the ids of its readiness findings, as a constant of the name of the kind',
    group: 'readiness',
  },
  {
    file: `${MECHANISMS}/KIND/ready/ready.ts`,
    is: '`readinessWith`: checks a target before an incident, by its plan',
    group: 'readiness',
  },
  {
    file: 'src/ledger/spellings/kinds/KIND.ts',
    is: '`spelling`: reads revisions as pipelines and people write them',
    group: 'spelling',
  },
];

/** Returns the names of all kinds: the folders of mechanisms. */
export function kindsIn(root: string): readonly string[] {
  return readdirSync(path.join(root, MECHANISMS)).toSorted();
}

/** Returns the missing parts of a kind, one line each. */
export function lackingIn(root: string, kind: string): readonly string[] {
  const has = ({ file }: Part) => globSync(file.replaceAll('KIND', kind), { cwd: root }).length > 0;
  const begun = new Set(PARTS.filter(has).map(({ group }) => group));
  const parts = PARTS.filter((part) => !has(part) && (part.group === undefined || begun.has(part.group)));
  const lines = parts.map(({ file, is }) => `${kind} lacks ${file.replaceAll('KIND', kind)}: ${is}`);
  return isDeployed(root, kind) ? lines : [...lines, `${kind} lacks its line in serverless.yml`];
}

function isDeployed(root: string, kind: string): boolean {
  const file = path.join(root, 'serverless.yml');
  return existsSync(file) && readFileSync(file, 'utf8').includes(`(${MECHANISMS}/${kind}/function.yml)`);
}
