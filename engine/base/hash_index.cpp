// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash_index.h"

#include <algorithm>
#include <bit>

namespace flow {

namespace {

constexpr quint64 leastBits = 1 << 14; // 2 KiB stay in the processor's cache
constexpr quint64 bitsPerEntry = 16;

} // namespace

void HashIndex::add(std::vector<Entry> entries)
{
    const auto isLess = [](const Entry &a, const Entry &b) { return a.hash < b.hash; };
    const auto isSame = [](const Entry &a, const Entry &b) { return a.hash == b.hash; };
    std::stable_sort(entries.begin(), entries.end(), isLess);
    std::vector<Entry> all;
    all.reserve(m_entries.size() + entries.size());
    std::merge(m_entries.begin(), m_entries.end(), entries.begin(), entries.end(), std::back_inserter(all), isLess);
    all.erase(std::unique(all.begin(), all.end(), isSame), all.end());
    m_entries = std::move(all);
    makeBits();
}

void HashIndex::makeBits()
{
    const quint64 bits = std::max(leastBits, std::bit_ceil(m_entries.size() * bitsPerEntry));
    m_bits.assign(bits / 64, 0);
    m_shift = 64 - std::countr_zero(bits);
    for (const Entry &entry : m_entries) {
        const quint64 place = spread(entry.hash) >> m_shift;
        m_bits[place / 64] |= quint64(1) << (place % 64);
    }
}

qsizetype HashIndex::lookUp(quint64 hash) const
{
    const auto found = std::lower_bound(m_entries.begin(), m_entries.end(), hash,
                                        [](const Entry &entry, quint64 wanted) { return entry.hash < wanted; });
    return found != m_entries.end() && found->hash == hash ? found->owner : -1;
}

} // namespace flow
