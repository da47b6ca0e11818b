import type { Surroundings } from '../aws.ts';
import type { Random } from '../random.ts';
import type { Clock } from '../clock.ts';
import type { Deployed } from './deployed.ts';
import { notFound } from './errors.ts';
import { LATEST, type Alias, type Code, type UserFunction, type Version } from './model.ts';

/** The functions of the account's users. The runtime runs those of its stack. */
export class LambdaState {
  readonly clock: Clock;
  readonly random: Random;
  readonly functions = new Map<string, UserFunction>();
  /** Functions whose code runs, by name: the runtime's. They are listed and described here. */
  readonly deployed = new Map<string, Deployed>();

  constructor({ clock, random }: Pick<Surroundings, 'clock' | 'random'>) {
    this.clock = clock;
    this.random = random('user-functions');
  }

  /** Finds a function by name, or by an ARN with or without qualifier. @throws AwsError ResourceNotFoundException */
  function(nameOrArn: string): UserFunction {
    const name = functionName(nameOrArn);
    const found = this.functions.get(name);
    if (found === undefined) throw notFound(`Function: ${name}`);
    return found;
  }

  /** @throws AwsError ResourceNotFoundException */
  version(of: UserFunction, name: string): Version {
    const found = of.versions.get(name);
    if (found === undefined) throw notFound(`Function: ${of.name}:${name}`);
    return found;
  }

  /** Returns the version of a qualifier: its own, or the one that an alias points to. */
  qualified(of: UserFunction, qualifier: string = LATEST): Version {
    return this.version(of, of.aliases.get(qualifier)?.version ?? qualifier);
  }

  /** Changes the code of `$LATEST` and of later published versions. @throws AwsError ResourceNotFoundException */
  write(functionName: string, code: Code, codeSha256: string): void {
    const latest = this.version(this.function(functionName), LATEST);
    Object.assign(latest, { code, codeSha256, modifiedAt: this.clock.now() });
  }

  /** @throws AwsError ResourceNotFoundException */
  alias(of: UserFunction, name: string): Alias {
    const found = of.aliases.get(name);
    if (found === undefined) throw notFound(`Alias: ${of.name}:${name}`);
    return found;
  }
}

/** Returns the name in `checkout`, `checkout:live` or an ARN. */
export function functionName(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:[^:]*:lambda:[^:]*:\d*:function:/, '').replace(/:.*$/, '');
}
