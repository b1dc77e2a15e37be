// Personio's published OpenAPI descriptions as a judge: whether a request or an answer is one that
// they describe.  They are not part of this repository.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import Ajv from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../../..');
export const folder = process.env.PERSONIO_DESCRIPTIONS ?? join(root, '../shared/personio-openapi');
export const areThere = existsSync(join(folder, 'v2'));

// Where each description's paths begin.
const files = [
  { name: 'auth', file: 'personio-auth-api.yaml', prefix: '/v1' },
  { name: 'v1', file: 'personio-personnel-data-api-oa3.yaml', prefix: '/v1' },
  { name: 'token', file: 'v2/credentials-service-api-v2.json', prefix: '' },
  { name: 'persons', file: 'v2/persons-service-api-v2.json', prefix: '' },
  { name: 'employments', file: 'v2/employment-contract-v2.json', prefix: '' },
];

const escaped = (part) => part.replaceAll('~', '~0').replaceAll('/', '~1');
const pointer = (name, ...parts) =>
  `${name}#/${parts.map((part) => encodeURIComponent(escaped(part))).join('/')}`;

/// What is described but not checked by a schema becomes so: nothing undescribed may stand in them.
function close(document, schemas) {
  for (const name of schemas) document.components.schemas[name].additionalProperties = false;
}

export class Descriptions {
  /// `errata` change a document before it judges: [name, (document) => ...].
  static async load(errata = []) {
    const made = new Descriptions();
    made.operations = [];
    made.judges = new Map();
    made.ajv = new Ajv({ strict: false, allErrors: true, coerceTypes: false });
    made.coercing = new Ajv({ strict: false, allErrors: true, coerceTypes: 'array' });
    for (const ajv of [made.ajv, made.coercing]) {
      addFormats(ajv);
      ajv.addFormat('url', true);
      ajv.addFormat('int32', { type: 'number', validate: Number.isInteger });
    }
    for (const { name, file, prefix } of files) {
      const document = parse(await readFile(join(folder, file), 'utf8'));
      for (const [which, change] of errata) if (which === name) change(document);
      if (name === 'persons') close(document, ['Person']);
      if (name === 'employments') close(document, ['Employment', 'Termination', 'OrgUnit']);
      made.ajv.addSchema(document, name);
      made.coercing.addSchema(document, name);
      made.#collect(document, name, prefix);
    }
    return made;
  }

  #collect(document, name, prefix) {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        if (!['get', 'post', 'patch', 'put', 'delete'].includes(method)) continue;
        const pattern = path.replaceAll(/\{[^}]+\}/g, '[^/]+');
        this.operations.push({
          name, path, method: method.toUpperCase(), operation, document,
          shared: item.parameters ?? [],
          matches: new RegExp(`^${prefix}${pattern}$`),
          exact: !path.includes('{'),
        });
      }
    }
  }

  /// The operation that describes a method and path; undefined: none does.
  find(method, path) {
    const found = this.operations.filter((one) => one.method === method && one.matches.test(path));
    return found.find((one) => one.exact) ?? found[0];
  }

  #resolved(document, parameter) {
    if (!parameter.$ref) return parameter;
    return parameter.$ref.slice(2).split('/')
      .reduce((at, part) => at[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
  }

  /// What is wrong with a request, one line a fault.
  judgeRequest({ method, path, query, headers, body }) {
    const found = this.find(method, path);
    if (!found) return ['no such operation'];
    const faults = [];
    const described = [...found.shared, ...(found.operation.parameters ?? [])]
      .map((one) => this.#resolved(found.document, one));
    const given = new URLSearchParams(query);
    for (const name of new Set(given.keys())) {
      const parameter = described.find((one) => one.in === 'query' && one.name === name);
      if (!parameter) {
        faults.push(`query: ${name} is not described`);
        continue;
      }
      const list = parameter.schema.type === 'array';
      const holder = { value: list ? given.getAll(name) : given.get(name) };
      const judge = this.coercing.compile({
        type: 'object', properties: { value: parameter.schema },
      });
      if (!judge(holder)) faults.push(`query: ${name}: ${judge.errors[0].message}`);
    }
    for (const { name, required, in: where } of described) {
      if (where === 'query' && required && !given.has(name)) faults.push(`query: ${name} is missing`);
    }
    return [...faults, ...this.#judgeBody(found, headers, body)];
  }

  #judgeBody(found, headers, body) {
    const content = found.operation.requestBody?.content;
    if (!content) return body ? ['body: none is described'] : [];
    const type = (headers['content-type'] ?? '').split(';')[0];
    if (!content[type]) return [`body: ${type || 'no type'} is not described`];
    const parsed = type === 'application/json'
      ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body));
    const judge = this.#compiled(pointer(found.name, 'paths', found.path,
      found.method.toLowerCase(), 'requestBody', 'content', type, 'schema'));
    return judge(parsed) ? [] : judge.errors.map((one) => `body${one.instancePath}: ${one.message}`);
  }

  #compiled(reference) {
    if (!this.judges.has(reference)) {
      this.judges.set(reference, this.ajv.compile({ $ref: reference }));
    }
    return this.judges.get(reference);
  }

  /// What is wrong with an answer; undefined where nothing describes it.
  judgeAnswer({ method, path, status, type, text }) {
    const found = this.find(method, path);
    const answer = found?.operation.responses[String(status)];
    if (!answer) return undefined;
    const media = type.split(';')[0];
    if (!answer.content) return text.trim() ? ['a body where none is described'] : [];
    if (!answer.content[media]) return [`${media} is not described`];
    if (!answer.content[media].schema) return [];
    const judge = this.#compiled(pointer(found.name, 'paths', found.path,
      found.method.toLowerCase(), 'responses', String(status), 'content', media, 'schema'));
    if (judge(JSON.parse(text))) return [];
    return judge.errors.map((one) =>
      `${one.instancePath.replaceAll(/\/\d+(?=\/|$)/g, '/#')}: ${one.message}`);
  }
}
