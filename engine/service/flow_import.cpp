// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/flow_import.h"

#include "model/auto_layout.h"

namespace flow {

FlowFileReading readForImport(const QByteArray &text, const QString &fileName)
{
    FlowFileReading reading = readFlowFile(text, fileName);
    if (reading.ok())
        reading.file.layout = completeLayout(reading.file.flow, reading.file.layout);
    return reading;
}

} // namespace flow
