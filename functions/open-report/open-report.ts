import { isExecutionName, type Reports } from '../../src/aws/reports.ts';
import { asRecord } from '../../src/rollback/json.ts';
import { HOW_TO_OPEN } from './how-to-open.ts';

/** The response of a function behind an HTTP API. */
interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Answers the two requests for a report. GET is the link in events and records: anyone may follow it, so it says how the
 * report is opened, the same for every name. POST returns a fresh link to the page. API Gateway lets in only principals
 * of AWS with the permission to invoke it.
 */
export function openReport(reports: Pick<Reports, 'link'>) {
  return async (event: unknown): Promise<HttpAnswer> => {
    const { routeKey, pathParameters } = asRecord(event) ?? {};
    if (routeKey !== 'POST /reports/{execution}') return HOW_TO_OPEN;
    const name = asRecord(pathParameters)?.['execution'];
    if (typeof name !== 'string' || !isExecutionName(name))
      return json(400, { message: 'execution is no name of an execution' });
    const link = await reports.link(name);
    if (link === null) return json(404, { message: 'There is no report of this execution, or none yet.' });
    return json(200, link);
  };
}

function json(statusCode: number, body: object): HttpAnswer {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { statusCode, headers, body: JSON.stringify(body) };
}
