import type { BasePropertyProps } from 'adminjs';
import React, { type FC } from 'react';
import { PropertyBox } from './property-box.js';

const LIST_CHARACTERS = 60;

/** Formatted JSON on a record's page, its beginning in a list. */
const JsonValue: FC<BasePropertyProps> = (props) => {
  const json = String(props.record?.params[props.property.path] ?? '');
  const line = json.replace(/\s+/g, ' ');
  return (
    <PropertyBox {...props}>
      {props.where === 'show' ? (
        <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{json}</pre>
      ) : (
        <code title={line} style={{ display: 'inline-block', maxWidth: 220, overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' }}>{line.length > LIST_CHARACTERS ? `${line.slice(0, LIST_CHARACTERS)}…` : line}</code>
      )}
    </PropertyBox>
  );
};

export default JsonValue;
