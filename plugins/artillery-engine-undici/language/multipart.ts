import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import FormData from 'form-data';
import { LanguageFault } from './fault.ts';
import { isContainer } from './template.ts';

/** A body in parts, ready to be sent. */
export interface Multipart {
  /** A stream only if a hook put one into it. */
  readonly body: Buffer | Readable;
  /** With the boundary. */
  readonly contentType: string;
}

interface Part {
  readonly content: unknown;
  readonly options: FormData.AppendOptions;
}

/** Files are kept, so that sending them does not wait for the disk; beyond this they are read each time. */
const MOST_KEPT_BYTES = 64 * 1024 * 1024;
const kept = new Map<string, Buffer>();
let keptBytes = 0;

function readFile(path: string): Buffer {
  const known = kept.get(path);
  if (known !== undefined) return known;
  const content = readFileSync(path);
  if (keptBytes + content.length <= MOST_KEPT_BYTES) {
    kept.set(path, content);
    keptBytes += content.length;
  }
  return content;
}

function filePart(name: string, options: FormData.AppendOptions, scenarioFile: unknown): Part {
  const folder = typeof scenarioFile === 'string' ? dirname(scenarioFile) : '.';
  return { content: readFile(resolve(folder, name)), options: { ...options, filename: basename(name) } };
}

function partOf(field: string, value: unknown, scenarioFile: unknown): Part {
  if (Array.isArray(value)) {
    throw new LanguageFault(
      'body',
      `formData "${field}" is a list; allowed: a text, a number, or value or fromFile with contentType`,
    );
  }
  if (!isContainer(value)) return { content: value, options: {} };
  const { contentType, fromFile, value: content } = value as Record<string, unknown>;
  const options = contentType ? { contentType: String(contentType) } : {};
  if (fromFile) return filePart(String(fromFile), options, scenarioFile);
  if (content === undefined) {
    throw new LanguageFault('body', `formData "${field}" has neither value nor fromFile; write one of them`);
  }
  return { content, options };
}

/** What the package sends as it is; it turns numbers and nothing into text, but breaks on booleans and bigints. */
function sendable(content: unknown): unknown {
  return typeof content === 'boolean' || typeof content === 'bigint' ? String(content) : content;
}

/** What a form of the package `form-data` holds, in memory if there is no stream in it. */
export function encodeMultipartForm(form: FormData): Multipart {
  const contentType = `multipart/form-data; boundary=${form.getBoundary()}`;
  return { body: form.hasKnownLength() ? form.getBuffer() : form.pipe(new PassThrough()), contentType };
}

/**
 * The body of `formData`: texts, numbers, `{ value, contentType }`, and `{ fromFile, contentType }` with a path relative to the
 * scenario's file.
 *
 * @param fields rendered
 * @throws LanguageFault `body` for a list or an empty object; the error of the file system for a file that cannot be read
 */
export function encodeMultipart(fields: Readonly<Record<string, unknown>>, scenarioFile: unknown): Multipart {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) {
    const { content, options } = partOf(field, value, scenarioFile);
    form.append(field, sendable(content), options);
  }
  return encodeMultipartForm(form);
}
