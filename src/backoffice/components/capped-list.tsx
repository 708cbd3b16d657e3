import type { ActionProps } from 'adminjs';
import React, { type ComponentType, type FC } from 'react';

const CAP = 1_000;

interface Props extends ActionProps {
  OriginalComponent: ComponentType<ActionProps>;
}

/** AdminJS's list; beyond the cap of counting its header says "1,000+". */
const CappedList: FC<Props> = ({ OriginalComponent, ...props }) => (
  <OriginalComponent
    {...props}
    setTag={(tag) => props.setTag?.(Number(tag) > CAP ? `${CAP.toLocaleString('en')}+` : tag)}
  />
);

export default CappedList;
