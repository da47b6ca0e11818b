import type { State } from '@aws-sdk/client-lambda';
import type { Surroundings } from '../aws.ts';
import type { Aliases, CodeReleases, LogWriter, Metrics } from '../seams.ts';
import { limited, type AwsService } from '../service.ts';
import type { TaggedResources } from '../tagging/tagging.ts';
import type { Users } from '../traffic/users.ts';
import { createCallers } from './callers.ts';
import type { Deployed } from './deployed.ts';
import { functionArn, type Code } from './model.ts';
import { aliasOperations } from './operations/aliases.ts';
import { functionOperations } from './operations/functions.ts';
import { provisionedOperations } from './operations/provisioned.ts';
import { reservedOperations } from './operations/reserved.ts';
import { tagOperations } from './operations/tags.ts';
import { publish, versionOperations } from './operations/versions.ts';
import { shift } from './shift.ts';
import { LambdaState } from './state.ts';
import { bucketOf } from './buckets.ts';
import { HONOURED } from './honoured.ts';

/** AWS Lambda: its users' functions, and their callers. */
export interface Lambda extends AwsService, Aliases, CodeReleases, TaggedResources {
  /** Changes the code of `$LATEST` and of later published versions. Stands in for UpdateFunctionCode. */
  write(functionName: string, code: Code): void;
  /** Puts a version into a state that AWS sets over time: `Inactive` after a long idle time. */
  let(functionName: string, version: string, state: State): void;
  /** Fails the provisioned concurrency of an alias, as Lambda does where it cannot place the environments. */
  failProvisioning(functionName: string, alias: string, reason: string): void;
  /** Lists and describes a function whose code runs: the runtime's. */
  deploy(deployed: Deployed): void;
  readonly callers: Users;
}

/**
 * Simulates AWS Lambda: functions, versions, aliases with weights, provisioned concurrency and
 * reserved concurrency. Code does not run: the scenario sets its answers.
 */
export function createLambda(
  surroundings: Surroundings,
  neighbours: { readonly metrics: Metrics; readonly logs: LogWriter },
): Lambda {
  const lambda = new LambdaState(surroundings);
  return {
    signingName: 'lambda',
    honoured: HONOURED,
    operations: limited(
      {
        ...functionOperations(lambda),
        ...versionOperations(lambda),
        ...aliasOperations(lambda),
        ...provisionedOperations(lambda),
        ...reservedOperations(lambda),
        ...tagOperations(lambda),
      },
      bucketOf,
    ),
    write: (functionName, code) => lambda.write(functionName, code, lambda.random.hex(64)),
    release(functionName, alias, { code, codeSha256 }) {
      const of = lambda.function(functionName);
      const found = lambda.alias(of, alias);
      lambda.write(functionName, code, codeSha256);
      const { Version: version = '' } = publish(lambda, { FunctionName: functionName });
      shift(lambda, of, found, { version, weights: {} });
      return version;
    },
    let(functionName, version, state) {
      lambda.version(lambda.function(functionName), version).state = state;
    },
    failProvisioning(functionName, alias, reason) {
      const { provisioned } = lambda.alias(lambda.function(functionName), alias);
      if (provisioned !== null) Object.assign(provisioned, { status: 'FAILED', reason });
    },
    deploy: (deployed) => void lambda.deployed.set(deployed.FunctionName, deployed),
    callers: createCallers(lambda, neighbours),
    get(functionName, alias) {
      const found = lambda.functions.get(functionName)?.aliases.get(alias);
      return found === undefined ? null : { version: found.version, weights: found.weights };
    },
    shift(functionName, alias, version, weights) {
      const of = lambda.function(functionName);
      shift(lambda, of, lambda.alias(of, alias), { version, weights });
    },
    tagged: () => [...lambda.functions.values()].map(({ name, tags }) => ({ arn: functionArn(name), tags })),
  };
}
