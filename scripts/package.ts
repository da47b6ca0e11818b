import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { build, describe } from './build.ts';
import { bundleCommand } from './command.ts';
import { end } from './command-line/end.ts';
import { placeOf } from './deploy/place.ts';
import { checkParameters } from './parameters.ts';

const HELP = `Usage: npm run package -- [--stage STAGE] [--region REGION]

Bundles the functions and packages the stack. Needs no network and no account. The stack's parameters, such as which other
accounts may ask for a rollback, are in params.yml.

  --stage STAGE    prod when left out
  --region REGION  AWS_REGION when left out, and eu-west-1 without it
  --help`;

export interface PackageOptions {
  readonly root?: string;
  readonly deploy?: boolean;
  readonly stage?: string | undefined;
  readonly region?: string | undefined;
  /** Prints nothing about the build. */
  readonly quiet?: boolean;
  /** Called as each step begins or gets on. */
  readonly onStep?: (step: Step) => void;
}

/** A step of packaging. Functions are bundled one by one. */
export type Step =
  { readonly name: 'functions'; readonly done: number; readonly of: number } | { readonly name: 'template' };

/** The template that osls leaves, below the root. */
export const TEMPLATE = '.serverless/cloudformation-template-update-stack.json';

/** A copy of the template that packaging does not delete. Local runs read it. */
export const PACKAGED = '.build/template.json';

/** Says what the template and the bundles were made from. */
export const STAMP = '.build/stamp';
const INPUTS = [
  'serverless.yml',
  'params.yml',
  'package.json',
  'package-lock.json',
  'scripts/{build,command,package,parameters,schemas,versions}.ts',
  'scripts/*.cjs',
  '{functions,src,statemachines,scripts/judge,scripts/lastgood,scripts/command-line}/**/*.{ts,cjs,yml,json}',
];

/**
 * Bundles and packages (or deploys). Needs no network and no account unless it deploys.
 * @throws Error when a function has no handler, params.yml has an unknown name, or the packaging fails; its output is
 * in the message
 */
export async function packageStack(options: PackageOptions = {}): Promise<void> {
  const { root = process.cwd(), deploy = false, quiet = false, stage, region, onStep } = options;
  checkParameters(root);
  const built = await build(root, (done, of) => onStep?.({ name: 'functions', done, of }));
  const { missing } = built;
  if (!quiet) console.log(describe(built));
  if (missing.length > 0)
    throw new Error(`no handler.ts in ${missing.map((folder) => `functions/${folder}`).join(', ')}`);
  const args = [deploy ? 'deploy' : 'package'];
  if (stage !== undefined) args.push('--stage', stage);
  if (region !== undefined) args.push('--region', region);
  onStep?.({ name: 'template' });
  await osls(root, args, deploy);
  if (deploy) return;
  keepTemplate(root);
  rmSync(path.join(root, STAMP), { force: true });
}

/**
 * Packages the template anew, with the default stage and Region and the bundles of the last time. It is up to date where
 * no code has changed since.
 */
export async function packageTemplate(root: string): Promise<void> {
  await osls(root, ['package'], false);
  keepTemplate(root);
  replace(path.join(root, STAMP), fingerprint(root));
}

function keepTemplate(root: string): void {
  replace(path.join(root, PACKAGED), readFileSync(path.join(root, TEMPLATE), 'utf8'));
}

/**
 * Packages with the default stage and Region, and bundles the command. Does nothing if nothing has changed since the
 * last time.
 */
export async function packageWhenChanged(
  root = process.cwd(),
  onStep?: PackageOptions['onStep'],
): Promise<void> {
  const [stamp, before] = [path.join(root, STAMP), fingerprint(root)];
  if (existsSync(path.join(root, PACKAGED)) && existsSync(stamp) && readFileSync(stamp, 'utf8') === before)
    return;
  await Promise.all([
    packageStack({ root, quiet: true, ...(onStep !== undefined && { onStep }) }),
    bundleCommand(root),
  ]);
  replace(stamp, before);
}

function fingerprint(root: string): string {
  const hash = createHash('sha256');
  for (const file of globSync(INPUTS, { cwd: root }).sort()) {
    hash
      .update(file)
      .update('\0')
      .update(readFileSync(path.join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

/** Replaces a file atomically, so that no reader sees half of it. */
function replace(file: string, contents: string): void {
  const next = `${file}.${process.pid}`;
  writeFileSync(next, contents);
  renameSync(next, file);
}

/**
 * Runs osls.
 * @throws Error when it fails, with its output, unless that was shown
 */
export async function osls(root: string, args: readonly string[], show: boolean): Promise<void> {
  const child = spawn(process.execPath, [path.join(root, 'node_modules/.bin/osls'), ...args], {
    cwd: root,
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, SLS_TELEMETRY_DISABLED: '1', SLS_NOTIFICATIONS_MODE: 'off' },
  });
  const printed = Promise.all(
    [child.stdout, child.stderr].map((stream) => (stream === null ? Promise.resolve('') : text(stream))),
  );
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  if (status !== 0)
    throw new Error(
      `osls ${args.join(' ')} failed${show ? ': see above' : ['', ...(await printed)].join('\n')}`,
    );
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      stage: { type: 'string' },
      region: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { stage, region } = placeOf(values.stage, values.region);
  await packageStack({ stage, region });
  console.log(`Packaged: ${TEMPLATE}`);
}

if (process.argv[1] === import.meta.filename) await end('package', main);
