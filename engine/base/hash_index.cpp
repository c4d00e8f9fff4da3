// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/hash_index.h"

#include <algorithm>
#include <bit>

namespace flow {

namespace {

constexpr quint64 leastBits = 1 << 14; // 2 KiB stay in the processor's cache
constexpr quint64 bitsPerEntry = 16;

} // namespace

void HashIndex::add(std::vector<quint64> numbers, qsizetype owner)
{
    const auto isLess = [](const Entry &a, const Entry &b) { return a.hash < b.hash; };
    const auto isSame = [](const Entry &a, const Entry &b) { return a.hash == b.hash; };
    std::sort(numbers.begin(), numbers.end());
    numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
    const auto known = std::ptrdiff_t(m_entries.size());
    m_entries.reserve(m_entries.size() + numbers.size());
    for (const quint64 number : numbers)
        m_entries.push_back({number, owner});
    std::inplace_merge(m_entries.begin(), m_entries.begin() + known, m_entries.end(), isLess);
    m_entries.erase(std::unique(m_entries.begin(), m_entries.end(), isSame), m_entries.end());
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
