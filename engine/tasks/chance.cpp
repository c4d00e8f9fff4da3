// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/chance.h"

#include <random>

namespace flow {

double drawChance(const TaskRun &run)
{
    std::mt19937_64 generator;
    const QJsonValue seed = run.config.value(u"seed");
    if (seed.isDouble()) {
        const quint64 number = quint64(seed.toInteger());
        std::seed_seq sequence{quint32(number), quint32(number >> 32), quint32(run.attempt)};
        generator.seed(sequence);
    } else {
        generator.seed(std::random_device{}());
    }
    // The standard's own distributions differ between libraries; the top 53 bits do not.
    return double(generator() >> 11) * 0x1.0p-53;
}

} // namespace flow
