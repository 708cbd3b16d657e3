import { type Response, Router } from 'express';
import type { AdminJSOptions } from '../adminjs.js';

/** AdminJS breaks words of narrow cells anywhere, lets wide tables run off the page, and wastes the width of records. */
const STYLES = `
td.adminjs_TableCell { word-break: normal; overflow-wrap: break-word; }
td.adminjs_TableCell:not(:first-child) { padding-left: 10px; padding-right: 10px; }
td.adminjs_TableCell:has(> section a) { min-width: 120px; }
td.adminjs_TableCell a { text-align: left; }
td.adminjs_TableCell:nth-child(2) { min-width: 160px; }
.adminjs_ActionHeader .adminjs_Badge { display: inline-block; line-height: 20px; white-space: normal; vertical-align: middle; }
[data-css$="-list-table-wrapper"] { overflow-x: auto; }
[data-css$="-show-drawer-content"] { display: grid; grid-template-columns: repeat(auto-fill, minmax(280px, 1fr)); column-gap: 32px; align-items: start; }
[data-css$="-show-drawer-content"] > :has(pre) { grid-column: 1 / -1; }
pre, code { font-family: ui-monospace, monospace; font-size: 13px; }
`;

const PAW = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="#0f766e"><ellipse cx="16" cy="21.5" rx="7.5" ry="6.5"/><ellipse cx="6.5" cy="13.5" rx="3" ry="4"/><ellipse cx="25.5" cy="13.5" rx="3" ry="4"/><ellipse cx="12" cy="7.5" rx="3" ry="4.2"/><ellipse cx="20" cy="7.5" rx="3" ry="4.2"/></svg>`;

const COLORS = { primary100: '#0f766e', primary80: '#14857c', primary60: '#2b9d94', primary40: '#7cc4be', primary20: '#d3ebe9' };

/** Name, colours and icon of the back office. */
export function branding(rootPath: string): Pick<AdminJSOptions, 'branding' | 'assets'> {
  return {
    branding: {
      companyName: 'Pawtreon back office',
      logo: false,
      favicon: `${rootPath}/frontend/assets/paw.svg`,
      withMadeWithLove: false,
      theme: { colors: COLORS },
    },
    assets: { styles: [`${rootPath}/frontend/assets/backoffice.css`] },
  };
}

/** The files that the branding names. */
export function brandingFiles(): Router {
  const send = (response: Response, type: string, body: string): void => {
    response.type(type).set('Cache-Control', 'no-cache').send(body);
  };
  return Router()
    .get('/frontend/assets/backoffice.css', (_request, response) => send(response, 'css', STYLES))
    .get('/frontend/assets/paw.svg', (_request, response) => send(response, 'svg', PAW));
}
