import { type DiscoveryService, MetadataScanner } from '@nestjs/core';
import { ACCESS_METADATA, type AccessLevel, WHO_METADATA } from './access.js';

/** A route's handler and what it declares about who may call it. */
export interface Endpoint {
  controller: string;
  method: string;
  /** Absent where the code does not say, which fails start-up. */
  level?: AccessLevel;
  /** Which of the people of that level, where not all. */
  who: string | null;
}

/** Every endpoint of the application; what a method declares goes before what its class does. */
export function endpointsOf(discovery: DiscoveryService): Endpoint[] {
  const scanner = new MetadataScanner();
  return discovery.getControllers().flatMap(({ instance, metatype }) => {
    if (!instance || typeof metatype !== 'function') return [];
    const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
    return scanner
      .getAllMethodNames(prototype)
      .filter((method) => Reflect.hasMetadata('path', prototype[method]!))
      .map((method) => {
        const declared = Reflect.hasMetadata(ACCESS_METADATA, prototype[method]!) ? prototype[method]! : metatype;
        const level = Reflect.getMetadata(ACCESS_METADATA, declared) as AccessLevel | undefined;
        return { controller: metatype.name, method, level, who: (Reflect.getMetadata(WHO_METADATA, declared) as string | null | undefined) ?? null };
      });
  });
}
