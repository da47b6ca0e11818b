import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

const PREFIX = 'arn:aws:lambda:eu-west-1:111122223333:function:lastgood-test-';

/** The values that CloudFormation substitutes in the definition (statemachines/rollback.yml). */
const substitutions: Readonly<Record<string, string>> = {
  GuardFunction: `${PREFIX}guard`,
  InterruptFunction: `${PREFIX}interrupt`,
  EvidenceFunction: `${PREFIX}evidence`,
  VerifyFunction: `${PREFIX}verify`,
  ReportFunction: `${PREFIX}report`,
  LookoutFunction: `${PREFIX}lookout`,
  ReadinessFunction: `${PREFIX}readiness`,
  StormFunction: `${PREFIX}storm`,
  MechanismPrefix: `${PREFIX}mechanism-`,
};

export interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly End?: boolean;
  readonly Choices?: readonly { readonly Next: string }[];
  readonly Parameters?: { readonly FunctionName?: string; readonly Payload?: { readonly verb?: string } };
  readonly Retry?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly Comment?: string;
    readonly MaxAttempts?: number;
    readonly MaxDelaySeconds?: number;
  }[];
  readonly Catch?: readonly {
    readonly ErrorEquals: readonly string[];
    readonly ResultPath?: string;
    readonly Next: string;
  }[];
  readonly TimeoutSecondsPath?: string;
  readonly Branches?: readonly Definition[];
  readonly ItemProcessor?: Definition;
}

export interface Definition {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

/** The machines of `statemachines/`, by the names of their files. */
export type MachineName = 'rollback' | 'plan' | 'list' | 'storm' | 'lookout' | 'readiness';

/** Returns a state machine as deployed, a new copy each time because the caller may change it. */
export function definition(name: MachineName = 'rollback'): Definition {
  const path = new URL(`../../statemachines/${name}.asl.yml`, import.meta.url);
  const text = readFileSync(path, 'utf8').replace(
    /\$\{(\w+)\}/g,
    (_, name: string) => substitutions[name] ?? `missing ${name}`,
  );
  return parse(text) as Definition;
}

/** Returns `guard`, `mechanism-ecs` … from a function's ARN. */
export function functionOf(arn: string): string {
  return arn.slice(PREFIX.length);
}
