import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { buildSync } from 'esbuild';
import { onTestFinished } from 'vitest';
import { startRuntime, type Runtime, type RuntimeOptions } from '../../runtime/runtime.ts';
import { createWorld, type World } from '../../world/world.ts';
import { temporaryFolder } from './folder.ts';

export const START = '2026-03-01T12:00:00.000Z';

type Json = Readonly<Record<string, unknown>>;

/** Returns a role with these statements. */
export function role(service: string, ...statements: Json[]): Json {
  const trust = {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }],
  };
  const policy = { PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } };
  return {
    Type: 'AWS::IAM::Role',
    Properties: { AssumeRolePolicyDocument: trust, ...(statements.length > 0 && { Policies: [policy] }) },
  };
}

/** Returns a function of this name. Its role `<Name>Role` must be among the resources. */
export function lambda(name: string, properties: Json = {}): Json {
  return {
    Type: 'AWS::Lambda::Function',
    Properties: {
      FunctionName: name,
      Handler: `${name}/index.handler`,
      Runtime: 'nodejs24.x',
      MemorySize: 1024,
      Timeout: 5,
      Role: { 'Fn::GetAtt': [`${name}Role`, 'Arn'] },
      ...properties,
    },
  };
}

/** Returns a state machine `machine` with a role `machineRole`. */
export function machine(states: Json, StartAt: string): Json {
  return {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      StateMachineName: 'machine',
      RoleArn: { 'Fn::GetAtt': ['machineRole', 'Arn'] },
      Definition: { StartAt, States: states },
      DefinitionSubstitutions: { Work: { 'Fn::GetAtt': ['work', 'Arn'] } },
    },
  };
}

export const MACHINE = 'arn:aws:states:eu-west-1:111122223333:stateMachine:machine';

/** Allows a rule (by logical id) to invoke a function. */
export function permission(functionId: string, rule: string): Json {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      FunctionName: { 'Fn::GetAtt': [functionId, 'Arn'] },
      Action: 'lambda:InvokeFunction',
      Principal: 'events.amazonaws.com',
      SourceArn: { 'Fn::GetAtt': [rule, 'Arn'] },
    },
  };
}

export interface Staged {
  readonly world: World;
  readonly runtime: Runtime;
  /** Runs the clock until the condition holds, for at most this many seconds. */
  until(isSo: () => boolean, seconds?: number): Promise<void>;
  seconds(count: number): Promise<void>;
}

/** Deploys resources, and functions from source texts, into a fresh world. */
export async function deploy(
  resources: Json,
  sources: Readonly<Record<string, string>>,
  { seed = 1, ...options }: Partial<RuntimeOptions> & { readonly seed?: number } = {},
): Promise<Staged> {
  const root = temporaryFolder();
  for (const [name, contents] of Object.entries(sources)) bundle(root, name, contents);
  mkdirSync(path.join(root, '.serverless'));
  const template = path.join(root, '.serverless/template.json');
  writeFileSync(template, JSON.stringify({ Resources: resources }));
  const world = createWorld({ seed, start: START });
  const runtime = await startRuntime({ world, template, ...options });
  onTestFinished(() => runtime.close());
  const { clock } = world;
  return {
    world,
    runtime,
    until: (isSo, seconds = 3600) => clock.run(isSo, clock.now() + seconds * 1000),
    seconds: (count) => clock.run(() => false, clock.now() + count * 1000),
  };
}

function bundle(root: string, name: string, contents: string): void {
  buildSync({
    stdin: { contents, resolveDir: process.cwd(), loader: 'js' },
    outfile: path.join(root, name, 'index.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    mainFields: ['module', 'main'],
    conditions: ['module', 'import'],
    minify: true,
    logLevel: 'error',
    banner: {
      js: "import{createRequire as requireFrom}from'node:module';const require=requireFrom(import.meta.url);",
    },
  });
}
