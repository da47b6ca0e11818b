/** Namespace of the metrics that the application publishes. The clients of the embedded AWS publish the same ones. */
export const NAMESPACE = 'Flags';

/**
 * An application that reads its configuration from AppConfig, fails as it says, and counts its requests. It asks for the
 * configuration no more often than its session allows, and gets an empty one while nothing has changed:
 * https://docs.aws.amazon.com/appconfig/2019-10-09/APIReference/API_appconfigdata_GetLatestConfiguration.html
 */
export const APPLICATION = `const flags = require('@aws-sdk/client-appconfigdata');
const metrics = require('@aws-sdk/client-cloudwatch');
const [reader, publisher] = [new flags.AppConfigDataClient(), new metrics.CloudWatchClient()];
const { APPLICATION, ENVIRONMENT, PROFILE, NAME } = process.env;
const SECONDS = 15;
let [token, share, readAt, publishedAt, requests, errors] = [undefined, 0, 0, Date.now(), 0, 0];
async function read() {
  token ??= (await reader.send(new flags.StartConfigurationSessionCommand({
    ApplicationIdentifier: APPLICATION,
    EnvironmentIdentifier: ENVIRONMENT,
    ConfigurationProfileIdentifier: PROFILE,
    RequiredMinimumPollIntervalInSeconds: SECONDS,
  }))).InitialConfigurationToken;
  const answer = await reader.send(new flags.GetLatestConfigurationCommand({ ConfigurationToken: token }));
  token = answer.NextPollConfigurationToken;
  const text = new TextDecoder().decode(answer.Configuration);
  if (text !== '') share = Number(JSON.parse(text).EMBEDDED_AWS_ERRORS);
}
async function publish() {
  const datum = (MetricName, Value) =>
    ({ MetricName, Value, Unit: 'Count', Dimensions: [{ Name: 'Environment', Value: NAME }] });
  const MetricData = [datum('Requests', requests), datum('Errors', errors)];
  [requests, errors] = [0, 0];
  await publisher.send(new metrics.PutMetricDataCommand({ Namespace: '${NAMESPACE}', MetricData }));
}
exports.handler = async () => {
  const now = Date.now();
  if (now - readAt > (SECONDS + 1) * 1000) {
    readAt = now;
    await read().catch(() => { token = undefined; });
  }
  const isBad = Math.random() < share;
  requests++;
  if (isBad) errors++;
  if (now - publishedAt > 10000) {
    publishedAt = now;
    await publish();
  }
  return isBad ? 'bad' : 'good';
};`;
