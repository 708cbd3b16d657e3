import sharp from 'sharp';
import { body, type Pose } from './pictures/bodies.js';
import { type Coat, coatOf } from './pictures/coat.js';
import { Dice } from './pictures/dice.js';
import { catHead, dogHead, type Mood } from './pictures/heads.js';
import { clinic, shelter } from './pictures/indoors.js';
import { type Light, lightOf } from './pictures/light.js';
import { HEIGHT, park, street, WIDTH } from './pictures/outdoors.js';
import { blanket, bowl, collar, coneBack, coneFront, headBandage, bodyBandage, type Prop } from './pictures/props.js';
import { hedgehog, songbird, stork } from './pictures/small-animals.js';
import { ellipse, glow, group, mix, place, rect } from './pictures/svg.js';

const SMALL_ANIMALS = { hedgehog, songbird, stork };

/** `other` is one of the small animals, whichever the seed decides. */
export type DemoSpecies = 'dog' | 'cat' | keyof typeof SMALL_ANIMALS | 'other';
export type DemoScene = 'street' | 'clinic' | 'park' | 'shelter';
export type DemoProp = Prop;

/** What a demo picture shows. The same values always give the same picture. */
export interface DemoPicture {
  /** Any integer: decides coat, pose, light and everything else not named here. */
  seed: number;
  species: DemoSpecies;
  scene: DemoScene;
  prop: DemoProp;
}

/**
 * Draws an animal of the demo data: a JPEG of 1200 x 900 pixels. Drawn rather than photographed, so that
 * the demo shows no real animal's misfortune, needs no licence and no download.
 */
export async function demoPicture(picture: DemoPicture): Promise<Buffer> {
  return sharp(Buffer.from(draw(picture)))
    .flatten()
    .jpeg({ quality: 88 })
    .toBuffer();
}

function draw({ seed, species, scene, prop }: DemoPicture): string {
  const dice = new Dice(seed);
  const light = lightOf(dice);
  const { drawing, ground } = background(scene, light, dice);
  const closeness = dice.pick([0.72, 0.86, 1, 1.18, 1.42]);
  const mirrored = dice.chance(0.5) ? -1 : 1;
  const x = dice.between(400, 800);
  const animal = species === 'dog' || species === 'cat' ? fourLegged(species, scene, prop, dice) : smallAnimal(species, prop, dice);
  // A close look leaves the feet outside the frame, as photographs do.
  const feet = ground + Math.max(0, closeness - 1) * (animal.low ? 90 : 330);
  const outdoors = scene === 'street' || scene === 'park';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}">`,
    glow('shadow', '#1d1626', 0.5),
    drawing,
    group(
      ellipse(0, 0, 330, 54, 'url(#shadow)') + animal.drawing,
      `transform="translate(${x} ${feet}) scale(${closeness * mirrored} ${closeness})"`,
    ),
    outdoors ? rect(0, 0, WIDTH, HEIGHT, light.veil, `opacity="${light.veilOpacity}"`) : '',
    '</svg>',
  ].join('');
}

function background(scene: DemoScene, light: Light, dice: Dice): { drawing: string; ground: number } {
  switch (scene) {
    case 'street':
      return { drawing: street(light, dice), ground: dice.between(780, 850) };
    case 'park':
      return { drawing: park(light, dice), ground: dice.between(760, 850) };
    case 'clinic':
      return clinic(dice);
    case 'shelter':
      return shelter(dice);
  }
}

const POSES: Record<DemoScene, readonly [Pose, ...Pose[]]> = {
  street: ['sitting', 'standing', 'standing', 'lying'],
  park: ['sitting', 'standing', 'standing', 'lying'],
  clinic: ['sitting', 'lying', 'lying', 'curled'],
  shelter: ['sitting', 'lying', 'curled', 'standing'],
};

/** An animal drawn around the middle of its feet. */
interface Animal {
  drawing: string;
  low: boolean;
}

function fourLegged(species: 'dog' | 'cat', scene: DemoScene, prop: DemoProp, dice: Dice): Animal {
  const coat = coatOf(species, dice);
  const pose = dice.pick(POSES[scene]);
  const drawn = body(species, pose, coat, dice);
  const mood: Mood =
    pose === 'curled'
      ? 'asleep'
      : dice.pick(prop === 'none' || prop === 'bowl' ? ['happy', 'hopeful'] : ['hopeful', 'hopeful', 'happy']);
  const head = species === 'dog' ? dogHead(coat, mood, dice) : catHead(coat, mood, dice);
  const onHead = prop === 'bandage' && (pose === 'curled' || dice.chance(0.3));
  const { x, y, scale, turn } = drawn.head;
  const wornHead = [
    prop === 'cone' ? coneBack() : '',
    prop !== 'cone' && pose !== 'curled' && dice.chance(0.5) ? collar(coat.collar) : '',
    head,
    onHead ? headBandage() : '',
    prop === 'cone' ? coneFront() : '',
  ].join('');
  const drawing = [
    prop === 'blanket' ? blanket(coat.collar, mix(coat.collar, '#ffffff', 0.55)) : '',
    drawn.behindHead,
    place(wornHead, x, y, scale, turn),
    drawn.beforeHead,
    prop === 'bandage' && !onHead ? bodyBandage(drawn.wound) : '',
    prop === 'bowl' ? place(bowl(contrasting(coat)), -270, 30) : '',
  ].join('');
  return { drawing, low: drawn.low };
}

const contrasting = (coat: Coat): string => (coat.collar === '#2f7fa8' ? '#d6453d' : '#2f7fa8');

function smallAnimal(species: Exclude<DemoSpecies, 'dog' | 'cat'>, prop: DemoProp, dice: Dice): Animal {
  const animal = species === 'other' ? dice.pick([hedgehog, songbird, songbird, stork]) : SMALL_ANIMALS[species];
  const drawing = animal(prop, dice);
  return { drawing: prop === 'blanket' ? blanket('#c98a9b', '#f6e3e3') + drawing : drawing, low: animal === hedgehog };
}
