'use strict';
// Merges the mechanisms' configuration into that of other functions, so that a new kind changes no function.yml.
const { existsSync, readdirSync } = require('node:fs');
const path = require('node:path');

const MECHANISMS = path.join(__dirname, 'mechanisms');

const files = (name) =>
  readdirSync(MECHANISMS)
    .filter((kind) => existsSync(path.join(MECHANISMS, kind, name)))
    .map((kind) => `functions/mechanisms/${kind}/${name}`)
    .sort();

const read = async (names, resolveVariable) =>
  (await Promise.all(names.map((name) => resolveVariable(`file(${name})`)))).flat();

/** Event rules of on-deployment, and the schedule that keeps it warm. */
module.exports.events = ({ resolveVariable }) =>
  read([...files('events.yml'), 'functions/keep-warm.yml'], resolveVariable);

/** Event rules of on-hint. */
module.exports.hints = ({ resolveVariable }) => read(files('hints.yml'), resolveVariable);

/** IAM statements of on-hint: its own, and those to read each kind. */
module.exports.statementsOfOnHint = ({ resolveVariable }) =>
  read(['functions/on-hint/statements.yml', ...files('stalled.yml')], resolveVariable);

/** IAM statements of sweep: its own, and those to read each kind. */
module.exports.statementsOfSweep = ({ resolveVariable }) =>
  read(['functions/sweep/statements.yml', ...files('sweep.yml')], resolveVariable);
