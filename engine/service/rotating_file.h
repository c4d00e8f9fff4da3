// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace flow {

/// A text file that is appended to and never grows beyond a size: when full it becomes `file.1`, `file.1` becomes
/// `file.2`, and so on; the oldest goes. Several programs may write to the same file. Not safe from several threads at
/// once.
class RotatingFile
{
public:
    /// `maxBytes` at least 1; `keep` older files (at least 1) stay beside it.
    RotatingFile(QString path, qint64 maxBytes, int keep);
    ~RotatingFile();
    RotatingFile(const RotatingFile &) = delete;
    RotatingFile &operator=(const RotatingFile &) = delete;

    /// Appends the text in one piece; false when it could not be written.
    bool append(const QByteArray &text);

    QString path() const { return m_path; }

private:
    bool open();
    void close();
    bool isStillInPlace() const;
    void rotate();

    QString m_path;
    qint64 m_maxBytes;
    int m_keep;
    int m_descriptor = -1;
};

} // namespace flow
