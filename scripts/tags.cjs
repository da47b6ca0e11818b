'use strict';
// Turns the parameter `tags` of a stage, "team=shop,cost-center=42", into tags of the stack.

const pairs = (text) =>
  text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');

module.exports.tags = async ({ resolveVariable }) => {
  const text = await resolveVariable('self:custom.tags');
  return Object.fromEntries(
    pairs(text).map((pair) => [pair.split('=')[0].trim(), pair.split('=').slice(1).join('=').trim()]),
  );
};
