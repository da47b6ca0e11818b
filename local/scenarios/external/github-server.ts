import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parse } from 'yaml';
import type {
  OutgoingAnswer,
  OutgoingRequest,
} from '@lastgood/embedded-aws/runtime/events/api-destinations.ts';
import { putAs } from '../events/speak.ts';
import type { Stage } from '../stage.ts';

const WORKFLOW = new URL('../../../docs/external/github-actions-workflow.yml', import.meta.url);

interface Step {
  readonly name?: string;
  readonly if?: string;
  readonly run?: string;
}

interface Workflow {
  readonly on: {
    readonly workflow_dispatch: { readonly inputs: Readonly<Record<string, { required?: boolean }>> };
  };
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: { readonly rollback: { readonly steps: readonly Step[] } };
}

type Inputs = Readonly<Record<string, string>>;

export interface GitHubOptions {
  readonly token: string;
  /** The role that the workflow assumes. */
  readonly role: string;
  /** The workflow's own deployment. Returns the revision that runs then; null: it fails. */
  readonly deploy: (revision: string) => string | null;
  /** Seconds from the dispatch to the first step, and to the end. */
  readonly starts: number;
  readonly takes: number;
  /** Status of the first answers, before GitHub takes a dispatch. */
  readonly troubles?: readonly number[];
}

export interface GitHub {
  /** The bodies of the dispatches that were taken. */
  readonly dispatched: readonly { readonly ref: string; readonly inputs: Inputs }[];
}

/**
 * Stands in for api.github.com and for its runners. A dispatch answers 200 with the id of the run, refuses a wrong token
 * with 401, and inputs that the workflow does not declare with 422. It is not idempotent. A run executes the commands of
 * the workflow in the documentation, with `aws`, `gh`, `date` and the deployment replaced; runs of one target wait for
 * each other.
 * https://docs.github.com/en/rest/actions/workflows#create-a-workflow-dispatch-event
 */
export function openGitHub(stage: Stage, options: GitHubOptions): GitHub {
  const workflow = parse(readFileSync(WORKFLOW, 'utf8')) as Workflow;
  const dispatched: { readonly ref: string; readonly inputs: Inputs }[] = [];
  const succeeded = new Set<string>();
  const troubles = [...(options.troubles ?? [])];
  let free = 0;
  stage.servers.set('api.github.com', (request) => {
    const trouble = troubles.shift();
    if (trouble !== undefined) return { status: trouble };
    const problem = problemOf(request, options.token, workflow);
    if (problem !== null) return problem;
    const body = JSON.parse(request.body) as (typeof dispatched)[number];
    dispatched.push(body);
    const { clock } = stage.world;
    const start = Math.max(clock.now() + options.starts * 1000, free);
    free = start + (options.takes + 1) * 1000;
    clock.at(start, () => run(stage, workflow, body.inputs, options, succeeded));
    return { status: 200, body: JSON.stringify({ workflow_run_id: dispatched.length }) };
  });
  return { dispatched };
}

function problemOf(
  { headers, body }: OutgoingRequest,
  token: string,
  { on }: Workflow,
): OutgoingAnswer | null {
  if (headers['authorization'] !== `Bearer ${token}`) return { status: 401 };
  const { ref, inputs = {} } = JSON.parse(body) as {
    readonly ref?: string;
    readonly inputs?: Record<string, unknown>;
  };
  const declared = on.workflow_dispatch.inputs;
  const isUnknown = Object.keys(inputs).some((name) => !Object.hasOwn(declared, name));
  const isMissing = Object.entries(declared).some(([name, { required }]) => required && !inputs[name]);
  const isOther = Object.values(inputs).some((value) => typeof value !== 'string');
  return ref === undefined || isUnknown || isMissing || isOther ? { status: 422 } : null;
}

/** Runs the steps until the deployment, and the rest after the time that it takes. */
function run(
  stage: Stage,
  { env, jobs }: Workflow,
  inputs: Inputs,
  options: GitHubOptions,
  succeeded: Set<string>,
): void {
  const folder = mkdtempSync(path.join(tmpdir(), 'github-'));
  const shell = shellOf(stage, folder, env, inputs, [...succeeded]);
  const [define, look, back, failed] = jobs.rollback.steps.filter(
    ({ run: commands }) => commands !== undefined,
  );
  shell.step(define);
  const isLookedAt = shell.step(look);
  shell.put(options.role);
  stage.world.clock.after(options.takes * 1000, () => {
    const goes = isLookedAt && shell.output().includes('go=yes');
    const revision = goes ? options.deploy(inputs['to'] ?? '') : null;
    shell.write('rollback.sh', revision === null ? 'exit 1' : `echo ${revision}`);
    const isDone = !goes || shell.step(back);
    if (isDone && isLookedAt) succeeded.add(inputs['rollback'] ?? '');
    else shell.step(failed);
    shell.put(options.role);
    rmSync(folder, { recursive: true });
  });
}

function shellOf(stage: Stage, folder: string, env: Inputs, inputs: Inputs, done: readonly string[]) {
  const write = (name: string, commands: string) => {
    writeFileSync(path.join(folder, name), `#!/usr/bin/env bash\n${commands}\n`);
    chmodSync(path.join(folder, name), 0o755);
  };
  const entries = path.join(folder, 'entries');
  const output = path.join(folder, 'output');
  write('aws', `[ "$1 $2" = "events put-events" ] || exit 2\necho "$4" >> ${entries}\necho 0`);
  write('gh', `echo ${done.includes(inputs['rollback'] ?? '') ? 1 : 0}`);
  // The runner's clock is the virtual one.
  write(
    'date',
    `[ $# = 1 ] && echo ${Math.floor(stage.world.clock.now() / 1000)} || /usr/bin/env -i /bin/date "$@"`,
  );
  const filled = (text: string) =>
    text.replaceAll(/\$\{\{ (\S+) \}\}/g, (_, name: string) =>
      name.startsWith('inputs.')
        ? (inputs[name.slice('inputs.'.length)] ?? '')
        : name.replace('github.', 'of-'),
    );
  const variables = Object.fromEntries(Object.entries(env).map(([name, text]) => [name, filled(text)]));
  return {
    write,
    /** Runs a step's commands as GitHub does, and returns whether they succeeded. */
    step: (step: Step | undefined): boolean => {
      const { status } = spawnSync('bash', ['-e', '-o', 'pipefail', '-c', step?.run ?? 'false'], {
        cwd: folder,
        env: {
          ...variables,
          RUN: 'https://github.com/shop/checkout/actions/runs/1',
          PATH: `${folder}:${process.env['PATH'] ?? ''}`,
          ...{ RUNNER_TEMP: folder, GITHUB_OUTPUT: output, GITHUB_WORKFLOW: 'Lastgood rollback' },
        },
      });
      return status === 0;
    },
    output: () => (existsSync(output) ? readFileSync(output, 'utf8') : ''),
    /** Puts what the commands gave to `aws events put-events` on the bus, as the workflow's role. */
    put: (role: string) => {
      const lines = existsSync(entries) ? readFileSync(entries, 'utf8').trim().split('\n') : [];
      writeFileSync(entries, '');
      const all = lines.filter((line) => line !== '').flatMap((line) => JSON.parse(line) as object[]);
      if (all.length > 0) void stage.world.clock.holding(() => putAs(stage, role, all));
    },
  };
}
