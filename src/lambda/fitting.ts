import { DocumentTooLarge } from '../rollback/errors.ts';

/**
 * Largest document that a function returns. Step Functions limits the inputs and outputs of a state to 256 KiB. The
 * rest is room for the evidence, for an error of 32 KiB and for the parameters of a task. No document may fail a state
 * without a Catch, because such an execution would end without Report.
 * https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html
 */
export const MAX_DOCUMENT_BYTES = 160 * 1024;

/**
 * Returns a document that fits.
 * @throws DocumentTooLarge naming the slice that was added
 */
export function fitting<Document extends object>(document: Document, slice: keyof Document): Document {
  const bytes = bytesOf(document);
  if (bytes <= MAX_DOCUMENT_BYTES) return document;
  throw new DocumentTooLarge(
    `${String(slice)} takes ${inKiB(bytesOf(document[slice]))} of a document of ${inKiB(bytes)}; at most ${inKiB(MAX_DOCUMENT_BYTES)} fit`,
  );
}

function bytesOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value ?? null));
}

function inKiB(bytes: number): string {
  return `${Math.ceil(bytes / 1024)} KiB`;
}
