// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>

/// Measures work against a floor in the same run and prints one line for each. Machines differ; ratios are comparable.
namespace bench {

/// Seconds that `work` takes.
inline double seconds(const std::function<void()> &work)
{
    const auto begin = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

struct Pair
{
    double work = 0;
    double floor = 0;
};

/// The best of `rounds` of each, taken alternately so that both see the same machine.
inline Pair fastest(int rounds, const std::function<double()> &work, const std::function<double()> &floor)
{
    Pair best{1e300, 1e300};
    for (int round = 0; round < rounds; ++round) {
        best.work = std::min(best.work, work());
        best.floor = std::min(best.floor, floor());
    }
    return best;
}

inline void header()
{
    std::printf("%-52s %14s %14s %8s\n", "figure", "measured", "floor", "ratio");
}

/// `ratio` is measured / floor in the sense that larger is better for rates and smaller is better for times.
inline void line(const char *name, double measured, double floor, const char *unit)
{
    std::printf("%-52s %10.4g %-3s %10.4g %-3s %8.2f\n", name, measured, unit, floor, unit, measured / floor);
    std::fflush(stdout);
}

/// A rate (things per second) from the times of `count` things.
inline void rate(const char *name, double count, Pair times)
{
    line(name, count / times.work, count / times.floor, "/s");
}

} // namespace bench
