// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "value_words.h"

namespace flow {

/// What the tests of expressions look at.
inline Expression::Variables sampleContext()
{
    return variablesOf(R"json({
        "input": {"day": "monday", "count": 3, "ratio": 0.5, "whole": 2.0, "big": 9007199254740993,
                  "tags": ["a", "b", "c"], "empty": "", "nothing": null, "yes": true, "with space": 1,
                  "people": [{"name": "Ada", "age": 36}, {"name": "Bo", "age": 17}]},
        "tasks": {"fetch": {"status": "success", "data": {"count": 3, "rows": [1, 2.5, "x", null]}},
                  "load": {"status": "failure", "error": "disk full"}},
        "flow": {"id": "orders", "name": "Orders"}
    })json");
}

} // namespace flow
