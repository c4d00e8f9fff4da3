// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/keyring_or_file.h"

namespace flow {

namespace {

/// Asking takes time where nobody answers; a keyring that starts later is found soon enough.
constexpr std::chrono::seconds askAgainAfter{60};

} // namespace

KeyringOrFile::KeyringOrFile(std::unique_ptr<SecretStore> keyring, std::unique_ptr<SecretStore> file,
                             const Clock &clock)
    : m_keyring(std::move(keyring))
    , m_file(std::move(file))
    , m_clock(clock)
{
}

void KeyringOrFile::noteAbsence() const
{
    m_absentUntil = m_clock.monotonic() + askAgainAfter;
}

/// One that somebody keeps locked is there.
bool KeyringOrFile::hasKeyring() const
{
    if (isAbsent())
        return false;
    const Result<QStringList> names = m_keyring->names();
    if (names || names.error().code != ErrorCode::Io)
        return true;
    noteAbsence();
    return false;
}

Result<QString> KeyringOrFile::secret(const QString &name, const CancelToken &cancel) const
{
    Result<QString> inFile = m_file->secret(name, cancel);
    if (inFile || inFile.error().code != ErrorCode::NotFound || isAbsent())
        return inFile;
    Result<QString> value = m_keyring->secret(name, cancel);
    if (value || value.error().code != ErrorCode::Io)
        return value;
    noteAbsence();
    return inFile;
}

Result<void> KeyringOrFile::set(const QString &name, const QString &value)
{
    if (!hasKeyring())
        return m_file->set(name, value);
    if (const Result<void> kept = m_keyring->set(name, value); !kept)
        return kept;
    const Result<void> removed = m_file->remove(name);
    return removed || removed.error().code == ErrorCode::NotFound ? Result<void>() : removed;
}

Result<void> KeyringOrFile::remove(const QString &name)
{
    const Result<void> inFile = m_file->remove(name);
    if (!hasKeyring() || (!inFile && inFile.error().code != ErrorCode::NotFound))
        return inFile;
    const Result<void> inKeyring = m_keyring->remove(name);
    return inFile && !inKeyring && inKeyring.error().code == ErrorCode::NotFound ? inFile : inKeyring;
}

Result<QStringList> KeyringOrFile::names() const
{
    Result<QStringList> names = m_file->names();
    if (!names || !hasKeyring())
        return names;
    const Result<QStringList> inKeyring = m_keyring->names();
    if (!inKeyring)
        return inKeyring;
    *names += *inKeyring;
    names->removeDuplicates();
    names->sort();
    return names;
}

QString KeyringOrFile::place() const
{
    return hasKeyring() ? m_keyring->place() : m_file->place();
}

} // namespace flow
