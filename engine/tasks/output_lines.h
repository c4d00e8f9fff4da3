// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <functional>

namespace flow {

/// What a program writes as text: UTF-8, with a replacement character for what is not, and for zeros.
QString textOfOutput(QByteArrayView bytes);

/// Cuts what a program writes into lines as it comes. Holds at most one line. A line longer than `longest` bytes is
/// cut, after `most` bytes in all nothing is given any more, and both are said in a line's place or at its end, behind
/// a `…` where the cut is: see SecretFinder.
class OutputLines
{
public:
    static constexpr qsizetype longest = 8 * 1024;
    static constexpr qsizetype most = 1024 * 1024;

    using Reader = std::function<void(const QString &line)>;
    explicit OutputLines(Reader reader);

    void add(QByteArrayView bytes);
    void finish(); ///< gives the last line, which has no line end

private:
    void give();

    Reader m_reader;
    QByteArray m_line;
    bool m_cut = false; ///< the rest of this line is dropped
    qsizetype m_lines = 0;
    qsizetype m_given = 0; ///< bytes, with what each line costs
};

/// The beginning of an output, for data.
class OutputHead
{
public:
    explicit OutputHead(qsizetype most)
        : m_most(most)
    {
    }
    void add(QByteArrayView bytes);
    QByteArrayView bytes() const { return m_bytes; }
    bool isTruncated() const { return m_truncated; }

private:
    qsizetype m_most;
    QByteArray m_bytes;
    bool m_truncated = false;
};

/// The end of an output, for data.
class OutputTail
{
public:
    explicit OutputTail(qsizetype most)
        : m_most(most)
    {
    }
    void add(QByteArrayView bytes);
    QByteArrayView bytes() const;
    bool isTruncated() const { return m_dropped || m_bytes.size() > m_most; }
    /// The last that is not blank: its last 500 characters, with a `…` before them where there are more.
    QString lastLine() const;

private:
    qsizetype m_most;
    QByteArray m_bytes; ///< at most twice as many
    bool m_dropped = false;
};

} // namespace flow
