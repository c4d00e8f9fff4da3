// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace flow {

/// Which of many numbers were noted, and for whom. Made for being asked about millions that were not: those are told by
/// one look at a few bits. A value; asking it is safe from any thread.
class HashIndex
{
public:
    /// `numbers` in any order, all for `owner`. The first owner of a number keeps it.
    void add(std::vector<quint64> numbers, qsizetype owner);
    bool isEmpty() const { return m_entries.empty(); }
    /// -1 when it was not noted.
    qsizetype owner(quint64 hash) const { return mayHave(hash) ? lookUp(hash) : -1; }

private:
    struct Entry
    {
        quint64 hash;
        qsizetype owner;
    };

    bool mayHave(quint64 hash) const
    {
        if (m_bits.empty())
            return false;
        const quint64 place = spread(hash) >> m_shift;
        return (m_bits[place / 64] >> (place % 64) & 1) != 0;
    }
    static quint64 spread(quint64 hash) { return hash * 0xd6e8feb86659fd93; }
    qsizetype lookUp(quint64 hash) const;
    void makeBits();

    std::vector<Entry> m_entries; ///< by hash
    std::vector<quint64> m_bits;  ///< a power of two of them
    int m_shift = 0;              ///< what leaves the number of a bit
};

} // namespace flow
