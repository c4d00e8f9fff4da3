// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/rotating_file.h"

#include <QFile>

#include <cstdio>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace flow {

RotatingFile::RotatingFile(QString path, qint64 maxBytes, int keep)
    : m_path(std::move(path))
    , m_maxBytes(maxBytes)
    , m_keep(keep)
{
}

RotatingFile::~RotatingFile()
{
    close();
}

bool RotatingFile::append(const QByteArray &text)
{
    // Another program may have rotated the file away.
    if (m_descriptor >= 0 && !isStillInPlace())
        close();
    if (m_descriptor < 0 && !open())
        return false;
    struct stat state = {};
    if (::fstat(m_descriptor, &state) == 0 && state.st_size > 0 && state.st_size + text.size() > m_maxBytes) {
        rotate();
        if (!open())
            return false;
    }
    return ::write(m_descriptor, text.constData(), static_cast<size_t>(text.size())) == text.size();
}

bool RotatingFile::open()
{
    m_descriptor = ::open(QFile::encodeName(m_path).constData(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    return m_descriptor >= 0;
}

void RotatingFile::close()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
    m_descriptor = -1;
}

bool RotatingFile::isStillInPlace() const
{
    struct stat mine = {};
    struct stat current = {};
    return ::fstat(m_descriptor, &mine) == 0 && ::stat(QFile::encodeName(m_path).constData(), &current) == 0 &&
           mine.st_ino == current.st_ino && mine.st_dev == current.st_dev;
}

void RotatingFile::rotate()
{
    // Who gets the lock first rotates; the others find the file gone and open the new one.
    ::flock(m_descriptor, LOCK_EX);
    if (isStillInPlace()) {
        const auto numbered = [this](int number) {
            return QFile::encodeName(number == 0 ? m_path : m_path + u'.' + QString::number(number));
        };
        for (int number = m_keep; number > 0; --number)
            std::rename(numbered(number - 1).constData(), numbered(number).constData());
    }
    close();
}

} // namespace flow
