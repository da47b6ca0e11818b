import { UpdateCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isNamed } from '../aws/errors.ts';

/** The key of both tables. `item` is the type of the item: `claim` or `revision#<id>`. */
export interface Key {
  readonly target: string;
  readonly item: string;
}

/** One conditional write. `when` refers to names as `#holder`, and to entries of `values` as `:now`. */
export interface Write {
  readonly key: Key;
  readonly set?: Readonly<Record<string, unknown>>;
  /** Attributes to set only if they do not exist yet. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  /** Elements to append, by list. The list may not exist yet. */
  readonly append?: Readonly<Record<string, unknown>>;
  /** Numbers to add. An attribute that does not exist yet counts as 0. */
  readonly add?: Readonly<Record<string, number>>;
  readonly remove?: readonly string[];
  readonly when: string;
  readonly values?: Readonly<Record<string, unknown>>;
}

/**
 * Writes if the condition holds, and returns whether it did. Uses only UpdateItem, so that a role that may write can
 * neither delete an item nor replace a whole one.
 */
export async function writeIf(client: DynamoDBDocumentClient, table: string, write: Write): Promise<boolean> {
  try {
    await client.send(new UpdateCommand({ TableName: table, Key: { ...write.key }, ...expressions(write) }));
    return true;
  } catch (error) {
    if (isNamed(error, 'ConditionalCheckFailedException')) return false;
    throw error;
  }
}

function expressions({
  set = {},
  setOnce = {},
  append = {},
  add = {},
  remove = [],
  when,
  values = {},
}: Write) {
  const assignments = [
    ...Object.keys(set).map((name) => `#${name} = :${name}`),
    ...Object.keys(setOnce).map((name) => `#${name} = if_not_exists(#${name}, :${name})`),
    ...Object.keys(append).map((name) => `#${name} = list_append(if_not_exists(#${name}, :none), :${name})`),
  ];
  const sums = Object.keys(add).map((name) => `#${name} :${name}`);
  const update = [
    ...(assignments.length > 0 ? [`SET ${assignments.join(', ')}`] : []),
    ...(remove.length > 0 ? [`REMOVE ${remove.map((name) => `#${name}`).join(', ')}`] : []),
    ...(sums.length > 0 ? [`ADD ${sums.join(', ')}`] : []),
  ].join(' ');
  const lists = Object.fromEntries(Object.entries(append).map(([name, element]) => [name, [element]]));
  const none = Object.keys(append).length > 0 ? { none: [] } : {};
  return {
    UpdateExpression: update,
    ConditionExpression: when,
    ExpressionAttributeNames: namesIn(`${update} ${when}`),
    ...valuesOf({ ...set, ...setOnce, ...lists, ...none, ...add, ...values }),
  };
}

/** Returns a placeholder for every name: DynamoDB reserves some 570 words, `state` and `token` among them. */
function namesIn(expression: string): Record<string, string> {
  return Object.fromEntries(
    (expression.match(/#\w+/g) ?? []).map((placeholder) => [placeholder, placeholder.slice(1)]),
  );
}

function valuesOf(values: Readonly<Record<string, unknown>>) {
  const entries = Object.entries(values).map(([name, value]) => [`:${name}`, value]);
  return entries.length > 0
    ? { ExpressionAttributeValues: Object.fromEntries(entries) as Record<string, unknown> }
    : {};
}
