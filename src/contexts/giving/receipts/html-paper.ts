import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Eta } from 'eta';
import { viewsFolder } from '../../../platform/views.js';
import type { Paper } from './paper.js';

const VIEWS = viewsFolder('receipts');
const CSS = readFileSync(join(VIEWS, 'paper.css'), 'utf8');
const eta = new Eta({ views: VIEWS, cache: true });

/** What a page made by {@link htmlPaper} may do: show its own style, and nothing else. */
export const HTML_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(CSS).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/** The paper as a page that prints well. */
export const htmlPaper = (paper: Paper): string => eta.render('./paper', { ...paper, css: CSS });
