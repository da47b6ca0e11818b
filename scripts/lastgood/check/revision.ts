/** `family:revision`, or an ARN that ends with it. */
const TASK_DEFINITION =
  /^(?:arn:[a-z-]+:ecs:[a-z0-9-]+:\d{12}:task-definition\/)?[A-Za-z0-9_-]{1,255}:[1-9]\d*$/;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-revision.html */
const SERVICE_REVISION = /^arn:[a-z-]+:ecs:[a-z0-9-]+:\d{12}:service-revision\/([^/]+\/[^/]+)\/\d+$/;

const MAX_CHARACTERS = 2048;

/** Names of bundles and weights hold single spaces: `v2.zip (9a8b7c6d)`. */
const WORDS = /^[^\s\p{C}]+(?: [^\s\p{C}]+)*$/u;

/**
 * Returns why this cannot be a revision of the target, or null. A typing error would find nothing in the ledger and be
 * taken for "go".
 */
export function problemOfRevision(target: string, revision: string): string | null {
  if (revision.length > MAX_CHARACTERS || !WORDS.test(revision))
    return `must be 1 to ${MAX_CHARACTERS} characters, without line breaks, and without spaces at its ends`;
  return target.startsWith('ecs:') ? problemOfEcs(target.slice('ecs:'.length), revision) : null;
}

function problemOfEcs(service: string, revision: string): string | null {
  if (TASK_DEFINITION.test(revision)) return null;
  const of = SERVICE_REVISION.exec(revision)?.[1];
  if (of === undefined)
    return `${JSON.stringify(revision)} must be a task definition (family:revision, or its ARN) or the ARN of a service revision`;
  return of === service ? null : `is a revision of ${of}, and not of ${service}`;
}
