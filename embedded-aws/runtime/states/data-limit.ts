/**
 * Largest input or output of a state, a task or an execution, in bytes of UTF-8:
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_PAYLOAD_BYTES = 256 * 1024;

/**
 * Fails a state whose input, result or output is too large. The page on errors says that `States.ALL` does not catch
 * this. For the result of a Lambda function, recordings show that it does (localstack/localstack,
 * test_states_errors.snapshot.json, recorded on AWS on 2024-03-21). A Pass state of the same recordings fails the
 * execution, because it has no Catch. Assumed: a Parallel or Map state catches it, too. Unknown: data-limit-of-a-state.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export class DataLimitExceeded extends Error {
  override readonly name = 'States.DataLimitExceeded';
  constructor(name: string) {
    super(
      `The state/task '${name}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
}

/**
 * Returns a value if it fits. The result of a Map state counts although no path keeps it (aws/aws-cdk issue 24799), so
 * the result of every state counts.
 * @throws DataLimitExceeded
 */
export function measured<T>(name: string, value: T): T {
  if (isObject(value) && fitting.has(value)) return value;
  if (bytesOf(JSON.stringify(value ?? null)) > MAX_PAYLOAD_BYTES) throw new DataLimitExceeded(name);
  if (isObject(value)) fitting.add(value);
  return value;
}

/** The output of a state is the input of the next, and many are both: the interpreter changes none of them. */
const fitting = new WeakSet();

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

export function bytesOf(text: string): number {
  return Buffer.byteLength(text);
}
