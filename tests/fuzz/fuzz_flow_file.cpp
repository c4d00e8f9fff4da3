// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/auto_layout.h"
#include "model/flow_file.h"
#include "model/validate.h"

#include <cstdint>
#include <cstdlib>

/// Any bytes: reading never crashes; whatever it accepts is written and read back unchanged, can be checked and laid
/// out.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    using namespace flow;
    const QByteArray text(reinterpret_cast<const char *>(data), qsizetype(size));
    const FlowFileReading reading = readFlowFile(text, QStringLiteral("fuzz.flow.json"));
    if (!reading.ok()) {
        if (flow::text(reading.errors).isEmpty())
            std::abort();
        return 0;
    }
    const QByteArray written = writeFlowFile(reading.file);
    const FlowFileReading again = readFlowFile(written);
    if (!again.ok() || again.file != reading.file || writeFlowFile(again.file) != written)
        std::abort();
    validate(reading.file.flow, {});
    const Layout complete = completeLayout(reading.file.flow, reading.file.layout);
    if (completeLayout(reading.file.flow, complete) != complete)
        std::abort();
    exportForReference(reading.file.flow);
    return 0;
}
