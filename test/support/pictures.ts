import sharp from 'sharp';

/** A small real JPEG; another `seed` gives another picture. */
export function examplePicture(seed = 0): Promise<Buffer> {
  const colour = { r: (seed * 67) % 256, g: (seed * 131) % 256, b: (seed * 29 + 90) % 256 };
  const spot = Buffer.from(`<svg width="320" height="240"><circle cx="${40 + ((seed * 53) % 240)}" cy="120" r="${30 + ((seed * 17) % 60)}" fill="white"/></svg>`);
  return sharp({ create: { width: 320, height: 240, channels: 3, background: colour } }).composite([{ input: spot }]).jpeg().toBuffer();
}
