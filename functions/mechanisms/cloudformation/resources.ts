import type { StackEvent } from './cloudformation.ts';
import type { Operation } from './operations.ts';

/** The most resources that a plan names. */
const MAX_NAMED = 20;

/** Types that hold data. A rollback deletes what its update created, with the data in it. */
const STATEFUL =
  /^AWS::(DynamoDB::(Global)?Table|RDS::DB(Instance|Cluster)|S3::Bucket|SQS::Queue|EFS::FileSystem|Kinesis::Stream|OpenSearchService::Domain|Elasticsearch::Domain|ElastiCache::\w+|MemoryDB::Cluster|Neptune::DB\w+|DocDB::DB\w+|Redshift::Cluster|EC2::Volume|Cognito::UserPool|SecretsManager::Secret|KMS::Key|Logs::LogGroup|Timestream::\w+|MSK::\w+)$/;

/** Returns what an operation did to its resources, one line each, as far as its events were read. */
export function changedIn({ resources }: Operation): readonly string[] {
  const first = new Map(resources.toReversed().map((event) => [event.logicalId, event]));
  const lines = [...first.values()].toReversed().flatMap((event) => {
    const verb = verbOf(event);
    return verb === null ? [] : [`${event.logicalId} (${event.type}): ${verb}`];
  });
  const rest = lines.length - MAX_NAMED;
  return rest > 0 ? [...lines.slice(0, MAX_NAMED), `and ${rest} more resources`] : lines;
}

function verbOf(event: StackEvent): string | null {
  if (event.status.startsWith('CREATE_')) return 'created';
  if (event.status.startsWith('DELETE_')) return 'deleted';
  if (event.status.startsWith('UPDATE_')) return isReplacement(event) ? 'replaced' : 'updated';
  return null;
}

/**
 * Says whether CloudFormation creates the resource anew. The physical id shows that only later. The text decides no way:
 * it only makes a person look. Unknown: stack-replacement-reason.
 */
function isReplacement({ reason }: StackEvent): boolean {
  return /requires the creation of a new physical resource/i.test(reason);
}

/** Names the resources with data that a rollback of the operation deletes. */
export function lostBy({ resources }: Operation): readonly string[] {
  const names = resources
    .filter((event) => STATEFUL.test(event.type))
    .filter((event) => event.status.startsWith('CREATE_') || isReplacement(event))
    .map(({ logicalId, type }) => `${logicalId} (${type})`);
  return [...new Set(names)];
}
