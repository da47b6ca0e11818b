/** The page behind the link that events carry. It reveals nothing: not even whether there is a report. */
const PAGE = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<title>Lastgood: open a report</title>
<style>
body { font: 17px/1.5 system-ui, sans-serif; max-width: 36em; margin: 12vh auto; padding: 0 20px; }
code { font-size: 15px; overflow-wrap: anywhere; }
</style>
<h1>Open this report</h1>
<p>A report is shown only to people who may see it. Open it in one of two ways.</p>
<ol>
<li>In Slack, press <b>Open the report</b> in the thread of the rollback.</li>
<li>In a terminal with AWS credentials, run <code>npx --no-install lastgood report EXECUTION</code>.
EXECUTION is the last part of this page's address.</li>
</ol>
`;

export const HOW_TO_OPEN = {
  statusCode: 200,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
  body: PAGE,
} as const;
