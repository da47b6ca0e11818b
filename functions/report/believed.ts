import type { Reported, Rollback, Slices } from '../../src/rollback/document.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { Request } from '../../src/rollback/request.ts';
import { problemOfTarget } from '../../src/targets/target.ts';

/** The part of the document that Report believes. */
export interface Believed {
  readonly slices: Slices;
  /** The document with its request. Null: the request is unreadable. Then nothing was claimed or done. */
  readonly known: Rollback | null;
  /** Absent: the request names no target that can exist. */
  readonly target: string | undefined;
  /** Reason of the request. Absent: Claim refused the input, and its words must not reach people. */
  readonly requested: string | undefined;
}

/**
 * Returns the part of the document that Report believes. Without a claim of this execution no state after Claim has
 * run. Then every slice but the error, and the answer of Interrupt, came with the input, and may be forged.
 * @param isRecorded false: the claim in the document has no record, so a caller of this function made it up
 */
export function believed(
  { request, input, ...all }: Reported,
  execution: string,
  isRecorded: boolean,
): Believed {
  const asked = request ?? asRecord(input)?.['request'];
  const read = Request.safeParse(asked);
  const isClaimed = read.success && isRecorded && all.claim?.holder === execution;
  const slices = isClaimed ? all : beforeClaim(all);
  const isQuoted = read.success && (isClaimed || (isRecorded && isHonest(all, input)));
  return {
    slices,
    known: read.success ? { ...slices, request: read.data } : null,
    target: targetIn(asked),
    requested: isQuoted ? read.data.reason : undefined,
  };
}

function beforeClaim({ error, interrupted }: Slices): Slices {
  return { ...(error !== undefined && { error }), ...(interrupted !== undefined && { interrupted }) };
}

/** Says whether Claim failed for another reason than its input, which was a request and nothing else. */
function isHonest({ error }: Slices, input: unknown): boolean {
  const keys = Object.keys(asRecord(input) ?? { request: input });
  return error?.Error !== 'InvalidRequest' && keys.every((key) => key === 'request');
}

/** Reads the target of a request, even if the rest is wrong. */
function targetIn(request: unknown): string | undefined {
  const { target } = asRecord(request) ?? {};
  return typeof target === 'string' && problemOfTarget(target) === null ? target : undefined;
}
