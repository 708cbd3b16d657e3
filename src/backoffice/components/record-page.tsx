import type { ActionProps } from 'adminjs';
import React, { type ComponentType, type FC } from 'react';
import { RecordSections } from './record-sections.js';

interface Props extends ActionProps {
  OriginalComponent: ComponentType<ActionProps>;
}

/** AdminJS's page of a record, with what other tables know about it below its fields. */
const RecordPage: FC<Props> = ({ OriginalComponent, ...props }) => (
  <>
    <OriginalComponent {...props} />
    {props.record && props.action.custom['hasSections'] ? <RecordSections resourceId={props.resource.id} recordId={props.record.id} /> : null}
  </>
);

export default RecordPage;
