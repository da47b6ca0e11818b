/** Returns the link to the report of an execution. It holds no credentials, and reveals nothing to who may not see it. */
export type ReportLink = (execution: string) => string;

/** @param base URL of the reports in the HTTP API, without a slash at its end */
export function reportLinks(base: string): ReportLink {
  return (execution) => `${base}/${encodeURIComponent(execution.slice(execution.lastIndexOf(':') + 1))}`;
}
