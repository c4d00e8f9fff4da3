// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/keyring_or_file.h"

namespace flow {

KeyringOrFile::KeyringOrFile(std::unique_ptr<SecretStore> keyring, std::unique_ptr<SecretStore> file)
    : m_keyring(std::move(keyring))
    , m_file(std::move(file))
{
}

/// One that somebody keeps locked is there.
bool KeyringOrFile::hasKeyring() const
{
    if (!m_isAbsent) {
        const Result<QStringList> names = m_keyring->names();
        m_isAbsent = !names && names.error().code == ErrorCode::Io;
    }
    return !m_isAbsent;
}

Result<QString> KeyringOrFile::secret(const QString &name, const CancelToken &cancel) const
{
    if (m_isAbsent)
        return m_file->secret(name, cancel);
    Result<QString> value = m_keyring->secret(name, cancel);
    if (value || value.error().code == ErrorCode::Cancelled)
        return value;
    const ErrorCode code = value.error().code;
    if (code == ErrorCode::Io)
        m_isAbsent = true;
    // A locked keyring does not matter for what is in the file.
    Result<QString> inFile = m_file->secret(name, cancel);
    return inFile || code == ErrorCode::Io || code == ErrorCode::NotFound ? inFile : value;
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
