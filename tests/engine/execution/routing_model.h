// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "random_flow.h"

namespace flow::test {

/// What the model says about a flow, in the words of summaryOf().
struct ModelRun
{
    QString summary;
    QJsonObject context;
    int attempts = 0;
};

/// The rules once more, as simple as they can be written and without anything of the engine.
ModelRun runModel(const RandomFlow &random);

} // namespace flow::test
