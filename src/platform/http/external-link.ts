import { ValidateBy } from 'class-validator';

export const LINK_PLATFORMS = ['facebook', 'instagram', 'x', 'youtube', 'tiktok', 'other'] as const;
export type LinkPlatform = (typeof LINK_PLATFORMS)[number];

/** A link to another site as it is stored and shown; the site itself is never asked. */
export interface ExternalLink {
  /** https, without query and fragment. */
  url: string;
  platform: LinkPlatform;
  /** Host and path, readable: `facebook.com/rescue-sofia`. */
  title: string;
}

const PLATFORM_HOSTS: Record<string, LinkPlatform> = {
  'facebook.com': 'facebook',
  'fb.com': 'facebook',
  'fb.watch': 'facebook',
  'instagram.com': 'instagram',
  'x.com': 'x',
  'twitter.com': 'x',
  'youtube.com': 'youtube',
  'youtu.be': 'youtube',
  'tiktok.com': 'tiktok',
};

const MAX_TITLE = 120;
/** A public name: labels with a dot between them, the last one not a number (URL parsing turns IPv4 in any spelling into one). */
const PUBLIC_HOST = /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;
const PRIVATE_SUFFIX = /\.(localhost|local|internal|lan|home|intranet|arpa)$/;

/**
 * Normalises a link to a public page (behaviour 2.16).
 * @returns null when it is not http(s), carries credentials or a port, or its host is an address or not public
 */
export function externalLink(text: string): ExternalLink | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const host = url.hostname.toLowerCase().replace(/\.$/, '');
  if (!['http:', 'https:'].includes(url.protocol) || url.username || url.password || url.port) return null;
  if (!PUBLIC_HOST.test(host) || PRIVATE_SUFFIX.test(host)) return null;
  const path = url.pathname.replace(/\/+$/, '');
  const bare = host.replace(/^(www|m|mobile)\./, '');
  return {
    url: `https://${host}${path || '/'}`,
    platform: PLATFORM_HOSTS[bare.split('.').slice(-2).join('.')] ?? 'other',
    title: `${bare}${readable(path)}`.slice(0, MAX_TITLE),
  };
}

function readable(path: string): string {
  try {
    return decodeURI(path);
  } catch {
    return path;
  }
}

/** A body field that must be a link which {@link externalLink} takes. */
export const IsExternalLink = (): PropertyDecorator =>
  ValidateBy({
    name: 'isExternalLink',
    validator: {
      validate: (value: unknown) => typeof value === 'string' && value.length <= 2_000 && externalLink(value) !== null,
      defaultMessage: () => '$property must be a public http(s) link to a named host',
    },
  });
