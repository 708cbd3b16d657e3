import type { ActionHeaderProps } from 'adminjs';
import React, { type ComponentType, type FC } from 'react';

interface Props extends ActionHeaderProps {
  OriginalComponent: ComponentType<ActionHeaderProps>;
}

/** AdminJS's header of a page; beside the act it says which record it is about. */
const RecordHeader: FC<Props> = ({ OriginalComponent, ...props }) => <OriginalComponent {...props} tag={props.tag ?? props.record?.title} />;

export default RecordHeader;
