import type { BasePropertyProps } from 'adminjs';
import React, { type FC } from 'react';
import { PropertyBox } from './property-box.js';

/** An id, short in lists: its end, since UUIDv7 of one day all begin alike. */
const IdValue: FC<BasePropertyProps> = (props) => {
  const id = String(props.record?.params[props.property.path] ?? '');
  return (
    <PropertyBox {...props}>
      <code title={id} style={{ whiteSpace: 'nowrap' }}>{props.where === 'show' || id.length < 12 ? id : `…${id.slice(-8)}`}</code>
    </PropertyBox>
  );
};

export default IdValue;
