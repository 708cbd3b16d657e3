import { Badge } from '@adminjs/design-system';
import { type BasePropertyProps, flat } from 'adminjs';
import React, { type FC } from 'react';
import { PropertyBox } from './property-box.js';

const LIST_ITEMS = 3;

/** The elements of an array column; a list shows the first few. */
const ListValue: FC<BasePropertyProps> = (props) => {
  const value: unknown = flat.get(props.record?.params ?? {}, props.property.path);
  const items = Array.isArray(value) ? value.map(String) : [];
  const shown = props.where === 'show' ? items : items.slice(0, LIST_ITEMS);
  return (
    <PropertyBox {...props}>
      {shown.map((item, index) => (
        <Badge key={index} size="sm" mr="sm" outline>
          {item}
        </Badge>
      ))}
      {items.length > shown.length ? <span>+{items.length - shown.length}</span> : null}
    </PropertyBox>
  );
};

export default ListValue;
