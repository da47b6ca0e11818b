import type { Kind } from '../../kind.ts';

/** A stage as a target names it: `a1b2c3d4e5/prod`. */
export interface StageName {
  readonly api: string;
  readonly stage: string;
}

/** The id of an API, as AWS makes it. */
const API = /^[a-z0-9]{4,32}$/;

/** https://docs.aws.amazon.com/apigateway/latest/api/API_CreateStage.html */
const STAGE = /^[A-Za-z0-9_-]{1,128}$/;

/** Splits `a1b2c3d4e5/prod`. It was checked when the target was read. */
export function stageOf(target: string): StageName {
  const [api = '', stage = ''] = target.slice(target.indexOf(':') + 1).split('/');
  return { api, stage };
}

export function targetOf({ api, stage }: StageName): string {
  return `apigateway:${api}/${stage}`;
}

function problemOf(name: string): string | null {
  const parts = name.split('/');
  const [api = '', stage = ''] = parts;
  if (parts.length !== 2)
    return `${JSON.stringify(name)} must be the id of a REST API and a stage: a1b2c3d4e5/prod`;
  if (!API.test(api)) return `${JSON.stringify(api)} is not the id of an API, such as a1b2c3d4e5`;
  return STAGE.test(stage) ? null : `${JSON.stringify(stage)} is not the name of a stage`;
}

/**
 * The stages of an HTTP API have an ARN of another form. They are targets that Plan refuses with its reason, so that a
 * tag on one is not without an answer.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/arn-format-reference.html
 */
const ARN = /^arn:aws[a-z-]*:apigateway:[a-z0-9-]+::\/(?:restapis|apis)\/([^/]+)\/stages\/([^/]+)$/;

function fromArn(arn: string): string | null {
  const [, api = '', stage = ''] = ARN.exec(arn) ?? [];
  const name = `${api}/${stage}`;
  return problemOf(name) === null ? name : null;
}

/**
 * `apigateway:api-id/stage`. Metrics have the name of the API and not its id, so only AWS can say which target an alarm
 * is about (src/targets/alarms/named-stages.ts). API Gateway sends no event when a stage changes, so the sweep reads the stages.
 */
export const kind: Kind = {
  name: 'apigateway',
  problemOf,
  fromDimensions: () => null,
  fromArn,
  fromDeploymentEvent: () => null,
  reads: {
    plan: [{ quota: 'apigateway management', calls: 3 }],
    revert: [{ quota: 'apigateway management', calls: 1 }],
    readiness: [{ quota: 'apigateway management', calls: 2 }],
  },
};
